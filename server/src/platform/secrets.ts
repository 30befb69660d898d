import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Seals what must not lie open in the database and signs what leaves the house. One root secret per installation signs;
 * it seals, too, until there is a newer key.
 */
export interface Secrets {
  /** AES-256-GCM; `purpose` is bound to the text, so that a sealed value cannot be moved to another row's meaning. */
  seal(purpose: string, text: string): string;
  /** The text, or null when it was not sealed by us for this purpose, by whichever of our keys. */
  unseal(purpose: string, sealed: string): string | null;
  /** What every text begins with that the newest key has sealed; empty for the root secret's, which hold no dot. */
  readonly sealMark: string;
  /** HMAC-SHA256, base64url, of the text for this purpose. */
  sign(purpose: string, text: string): string;
  isSigned(purpose: string, text: string, signature: string): boolean;
}

/** @param keys The root secret, then those that have sealed since; the last one seals. */
export function createSecrets(...keys: readonly [Buffer, ...Buffer[]]): Secrets {
  const [root] = keys;
  const derive = derived();
  const sign = (purpose: string, text: string): string =>
    createHmac("sha256", derive(root, `sign:${purpose}`))
      .update(text)
      .digest("base64url");
  const byMark = new Map(keys.map((key) => [key.equals(root) ? "" : `${sealKeyId(key)}.`, key]));
  const newest = keys.at(-1) ?? root;
  const sealMark = newest.equals(root) ? "" : `${sealKeyId(newest)}.`;
  return {
    sign,
    isSigned(purpose, text, signature) {
      const expected = Buffer.from(sign(purpose, text));
      const given = Buffer.from(signature);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
    sealMark,
    seal(purpose, text) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", derive(newest, `seal:${purpose}`), iv);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return sealMark + Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
    },
    unseal(purpose, sealed) {
      const mark = sealed.slice(0, sealed.indexOf(".") + 1);
      const key = byMark.get(mark);
      const bytes = Buffer.from(sealed.slice(mark.length), "base64url");
      if (key === undefined || bytes.length < 28) return null;
      try {
        const decipher = createDecipheriv("aes-256-gcm", derive(key, `seal:${purpose}`), bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
      } catch {
        return null;
      }
    },
  };
}

/** What a key is called where it must not be said. */
export function sealKeyId(key: Buffer): string {
  return Buffer.from(hkdfSync("sha256", key, "kilim", "id of a sealing key", 6)).toString("base64url");
}

function derived(): (key: Buffer, purpose: string) => Buffer {
  const known = new Map<Buffer, Map<string, Buffer>>();
  return (key, purpose) => {
    let ofKey = known.get(key);
    if (!ofKey) known.set(key, (ofKey = new Map()));
    let made = ofKey.get(purpose);
    if (!made) ofKey.set(purpose, (made = Buffer.from(hkdfSync("sha256", key, "kilim", purpose, 32))));
    return made;
  };
}
