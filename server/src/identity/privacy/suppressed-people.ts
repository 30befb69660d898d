import { type Db, inTransaction } from "../../platform/db.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { normaliseIdentifier } from "../extract-identifiers.ts";
import {
  countDroppedEvents,
  deleteSuppressed,
  findSuppressed,
  listSuppressedPeople,
  loadSuppressedPerson,
  type SuppressedPerson,
} from "../queries/suppressed.pg.ts";
import { suppressionKey } from "./suppression-key.ts";

/** Newest first, with the number of events that were dropped; one more than `limit` tells that there are others. */
export async function readSuppressedPeople(
  db: Db,
  after: string | null,
  limit: number,
): Promise<{ people: SuppressedPerson[]; dropped: number }> {
  const [people, dropped] = await Promise.all([listSuppressedPeople(db, after, limit + 1), countDroppedEvents(db)]);
  return { people, dropped };
}

/** The suppressed person an identifier leads to, or null. */
export async function findSuppressedPerson(
  db: Db,
  secrets: Secrets,
  { type, value }: { readonly type: string; readonly value: string },
): Promise<SuppressedPerson | null> {
  const normal = normaliseIdentifier(type, value);
  if (normal === null) return null;
  const [found] = (await findSuppressed(db, [suppressionKey(secrets, { type, value: normal })])).values();
  if (!found || found.until !== null) return null;
  return (await loadSuppressedPerson(db, found.erasure_id)) ?? null;
}

/** Lets a person come back, by all her identifiers; returns how many there were. */
export function liftSuppression(db: Db, erasureId: string): Promise<number> {
  return inTransaction(db, (tx) => deleteSuppressed(tx, erasureId));
}
