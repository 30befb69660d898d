import { randomBytes } from "node:crypto";

import type { Secrets } from "../platform/secrets.ts";

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

/** The bytes that sign. Throws when the secret was sealed by an installation with another root secret. */
export function signingKey(secrets: Secrets, sealed: string): Buffer {
  const secret = secrets.unseal(SEAL, sealed);
  if (secret === null) throw new Error("a webhook's secret cannot be read with this installation's root secret");
  return Buffer.from(secret.slice(PREFIX.length), "base64");
}
