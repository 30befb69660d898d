import type { Secrets } from "../../platform/secrets.ts";
import type { Identifier } from "../extract-identifiers.ts";

/** What is kept of a suppressed identifier: tells it again when it comes, gives nothing away. */
export function suppressionKey(secrets: Secrets, { type, value }: Identifier): string {
  return secrets.sign("suppressed-identifier", `${type}:${value}`);
}
