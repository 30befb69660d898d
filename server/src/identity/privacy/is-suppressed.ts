import type { Db } from "../../platform/db.ts";
import type { Secrets } from "../../platform/secrets.ts";
import type { Identifier } from "../extract-identifiers.ts";
import { findSuppressed } from "../queries/suppressed.pg.ts";
import { suppressionKey } from "./suppression-key.ts";

/** Whether an identifier is of a person of whom nothing may be kept. */
export async function isSuppressed(db: Db, secrets: Secrets, identifier: Identifier): Promise<boolean> {
  const [found] = (await findSuppressed(db, [suppressionKey(secrets, identifier)])).values();
  return found !== undefined && found.until === null;
}
