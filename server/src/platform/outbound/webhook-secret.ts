import { randomBytes } from "node:crypto";

import { type SealedPlace, sealedColumn } from "../sealing/sealed-place.ts";
import type { Secrets } from "../secrets.ts";

const PREFIX = "whsec_";
const BYTES = 32;
const SEAL = "webhook-secret";

/** A signing secret as Standard Webhooks writes it. */
export function newSecret(): string {
  return PREFIX + randomBytes(BYTES).toString("base64");
}

export function sealSecret(secrets: Secrets, secret: string): string {
  return secrets.seal(SEAL, secret);
}

/** Where such secrets lie, the one before among them: a table with `secret` and `old_secret`. */
export function sealedSecretsIn(table: string): SealedPlace[] {
  return ["secret", "old_secret"].map((column) => sealedColumn({ table, column, purpose: SEAL }));
}

export interface SealedSecrets {
  readonly secret: string;
  readonly old_secret: string | null;
  readonly old_secret_until: string | null;
}

/** How long a replaced secret signs along, so that the receiver can be changed without a gap. */
export const OLD_SIGNS_ALONG = { hours: 24 } as const;

/** The keys that sign at this moment, the newest first. */
export function signingKeys(secrets: Secrets, sealed: SealedSecrets, at: Temporal.Instant): Buffer[] {
  const keys = [signingKey(secrets, sealed.secret)];
  const { old_secret: old, old_secret_until: until } = sealed;
  if (old !== null && until !== null && Temporal.Instant.compare(at, Temporal.Instant.from(until)) < 0)
    keys.push(signingKey(secrets, old));
  return keys;
}

/** The bytes that sign. Throws when the secret was sealed by an installation with another root secret. */
export function signingKey(secrets: Secrets, sealed: string): Buffer {
  const secret = secrets.unseal(SEAL, sealed);
  if (secret === null) throw new Error("a webhook's secret cannot be read with this installation's root secret");
  return Buffer.from(secret.slice(PREFIX.length), "base64");
}
