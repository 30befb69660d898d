import type { Clock } from "../../platform/clock.ts";
import { list, sql, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { Demotion, Held, Resolution } from "../resolve-events.ts";
import { AUTOMATIC, applyMerges, type Moved } from "./apply-merges.pg.ts";

/** Another transaction claimed a new identifier first; the batch must look again. Retried like a serialisation failure. */
export class IdentifierRace extends Error {
  readonly code = "40001";
}

/** Writes down what was recognised; gives where every id leads that the merges have moved. */
export async function saveResolution(tx: Tx, clock: Clock, resolution: Resolution): Promise<Moved[]> {
  const added = [...resolution.added.values()].sort((a, b) => (a.type + a.value < b.type + b.value ? -1 : 1));
  if (added.length > 0) await insertIdentifiers(tx, added);
  const moved = resolution.merges.length > 0 ? await applyMerges(tx, clock, resolution.merges, AUTOMATIC) : [];
  const touched = [...resolution.touched.values()].filter(
    (held) => !resolution.added.has(`${held.type}:${held.value}`),
  );
  if (touched.length > 0) await updateSeen(tx, touched);
  if (resolution.demotions.length > 0) await insertWarnings(tx, clock, resolution.demotions);
  return moved;
}

async function insertIdentifiers(tx: Tx, added: readonly Held[]): Promise<void> {
  const result = await sql`
    insert into identity.identifiers (type, value, profile_id, first_seen, last_seen, verified, source)
    select * from unnest(
      ${list(
        "text",
        added.map((h) => h.type),
      )}, ${list(
        "text",
        added.map((h) => h.value),
      )}, ${list(
        "uuid",
        added.map((h) => h.profileId),
      )},
      ${list(
        "timestamptz",
        added.map((h) => h.firstSeen),
      )}, ${list(
        "timestamptz",
        added.map((h) => h.lastSeen),
      )},
      ${list(
        "bool",
        added.map((h) => h.verified),
      )}, ${list(
        "text",
        added.map((h) => h.source),
      )})
    on conflict do nothing`.execute(tx);
  if (Number(result.numAffectedRows ?? 0) !== added.length)
    throw new IdentifierRace("an identifier was claimed by another transaction");
}

async function updateSeen(tx: Tx, touched: readonly Held[]): Promise<void> {
  await sql`
    update identity.identifiers i
    set first_seen = least(i.first_seen, t.first_seen), last_seen = greatest(i.last_seen, t.last_seen), verified = i.verified or t.verified
    from unnest(
      ${list(
        "text",
        touched.map((h) => h.type),
      )}, ${list(
        "text",
        touched.map((h) => h.value),
      )},
      ${list(
        "timestamptz",
        touched.map((h) => h.firstSeen),
      )}, ${list(
        "timestamptz",
        touched.map((h) => h.lastSeen),
      )}, ${list(
        "bool",
        touched.map((h) => h.verified),
      )}
    ) as t (type, value, first_seen, last_seen, verified)
    where i.type = t.type and i.value = t.value`.execute(tx);
}

async function insertWarnings(tx: Tx, clock: Clock, demotions: readonly Demotion[]): Promise<void> {
  const known = demotions.filter((demotion) => demotion.profileId !== "");
  await sql`
    insert into identity.warnings as w (id, at, profile_id, type, value, reason, last_at)
    select distinct on (profile_id, type, value, reason) *, at from unnest(
      ${list(
        "uuid",
        known.map(() => newId(clock)),
      )}, ${list(
        "timestamptz",
        known.map((d) => d.at),
      )}, ${list(
        "uuid",
        known.map((d) => d.profileId),
      )},
      ${list(
        "text",
        known.map((d) => d.type),
      )}, ${list(
        "text",
        known.map((d) => d.value),
      )}, ${list(
        "text",
        known.map((d) => d.reason),
      )}) as t (id, at, profile_id, type, value, reason)
    on conflict (profile_id, type, value, reason) do update set times = w.times + 1, last_at = excluded.last_at`.execute(
    tx,
  );
}
