import { type Db, list, sql } from "../platform/db.ts";

/**
 * Forgets what was refused or set aside and mentions any of these identifiers (user ids, e-mails …, in any case).
 * Returns how many. What is set aside as raw bytes cannot be read and stays until it is discarded.
 */
export async function eraseRefused(db: Db, identifiers: readonly string[]): Promise<number> {
  const known = identifiers.map((identifier) => identifier.toLowerCase()).filter((identifier) => identifier !== "");
  if (known.length === 0) return 0;
  // Inside JSON a value stands in quotes, so that a short id does not find every text that holds it.
  const quoted = known.map((identifier) => JSON.stringify(identifier));
  const rejected = await sql`
    delete from collect.rejections where identifiers && ${list("text", known)}
      or exists (select from unnest(${list("text", quoted)}) as q (text) where position(q.text in lower(payload)) > 0)
      or (is_request and exists (
        select from unnest(${list("text", known)}) as k (text) where position(k.text in lower(payload)) > 0))`.execute(
    db,
  );
  const setAside = await sql`
    delete from collect.quarantine where exists (
      select from unnest(${list("text", quoted)}) as q (text) where position(q.text in lower(event::text)) > 0)`.execute(
    db,
  );
  return Number(rejected.numAffectedRows ?? 0) + Number(setAside.numAffectedRows ?? 0);
}
