import { createPrivateKey, sign } from "node:crypto";

import { parseJson } from "./ask.ts";
import { hmac, isSame } from "./hook-signatures.ts";

/** The claims of a token signed with HMAC-SHA256 by this secret; null when it is not. Times are the caller's to judge. */
export function readHs256(token: string, secret: string): Readonly<Record<string, unknown>> | null {
  const [header, claims, signature, ...more] = token.split(".");
  if (!header || !claims || !signature || more.length > 0) return null;
  // Whatever else a header asks for (`none`, a public key's algorithm) is not what was agreed.
  if ((partOf(header) as { alg?: unknown } | undefined)?.alg !== "HS256") return null;
  if (!isSame(signature, hmac("sha256", secret, `${header}.${claims}`).toString("base64url"))) return null;
  const read = partOf(claims);
  return typeof read === "object" && read !== null ? (read as Record<string, unknown>) : null;
}

/** A token signed with a private key in PEM: RS256 as Google wants it, ES256 as Apple does. */
export function signJwt(alg: "RS256" | "ES256", pem: string, claims: object, header: object = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg, typ: "JWT", ...header })}.${part(claims)}`;
  const signature = sign("sha256", Buffer.from(text), { key: createPrivateKey(pem), dsaEncoding: "ieee-p1363" });
  return `${text}.${signature.toString("base64url")}`;
}

const partOf = (text: string) => parseJson(Buffer.from(text, "base64url").toString("utf8"));
