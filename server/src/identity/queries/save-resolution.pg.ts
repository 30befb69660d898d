import type { Clock } from "../../platform/clock.ts";
import { list, send, sql, type Tx } from "../../platform/db.ts";
import type { Held } from "../held.ts";
import type { Resolution } from "../resolve-events.ts";
import { AUTOMATIC, applyMerges, type Moved } from "./apply-merges.pg.ts";
import { moveIdentifiers, saveAlarms, saveMeetings } from "./meetings.pg.ts";
import { saveWarnings } from "./warnings.pg.ts";

/** Another transaction claimed a new identifier first; the batch must look again. Retried like a serialisation failure. */
export class IdentifierRace extends Error {
  readonly code = "40001";
}

/** Writes down what was recognised, but for who was seen again; gives where every id leads that the merges have moved. */
export async function saveResolution(tx: Tx, clock: Clock, resolution: Resolution): Promise<Moved[]> {
  const added = [...resolution.added].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, held]) => held);
  if (added.length > 0) await insertIdentifiers(tx, added);
  const moved = resolution.merges.length > 0 ? await applyMerges(tx, clock, resolution.merges, AUTOMATIC) : [];
  if (resolution.handedOver.size > 0) await handOver(tx, resolution);
  const { added: met, alarms } = resolution.meetings;
  if (met.length > 0) await saveMeetings(tx, met);
  if (alarms.length > 0) await saveAlarms(tx, clock, alarms);
  if (resolution.leftOut.length > 0) await saveWarnings(tx, clock, resolution.leftOut);
  return moved;
}

/** Somebody else may have moved one of them since it was looked up. */
async function handOver(tx: Tx, resolution: Resolution): Promise<void> {
  const moves = [...resolution.handedOver].flatMap(([key, from]) => {
    const held = resolution.touched.get(key);
    return held ? [{ ...held, from: resolution.survivor(from), into: held.profileId }] : [];
  });
  if ((await moveIdentifiers(tx, moves)) !== moves.length)
    throw new IdentifierRace("an identifier was moved by another transaction");
}

async function insertIdentifiers(tx: Tx, added: readonly Held[]): Promise<void> {
  const result = await sql`
    insert into identity.identifiers (type, value, profile_id, first_seen, last_seen, verified, source, channel,
      bridging, has_met)
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
      )}, ${list(
        "text",
        added.map((h) => h.channel),
      )}, ${list(
        "text",
        added.map((h) => h.bridging),
      )}, ${list(
        "bool",
        added.map((h) => h.hasMet),
      )})
    on conflict do nothing`.execute(tx);
  if (Number(result.numAffectedRows ?? 0) !== added.length)
    throw new IdentifierRace("an identifier was claimed by another transaction");
}

/** Identifiers that were seen again. Their people must be locked, as for all that is written of an identifier. */
export function saveSeen(tx: Tx, touched: readonly Held[]): void {
  if (touched.length === 0) return;
  send(
    tx,
    sql`
    update identity.identifiers i
    set first_seen = least(i.first_seen, t.first_seen), last_seen = greatest(i.last_seen, t.last_seen),
      verified = i.verified or t.verified, source = t.source, channel = t.channel, has_met = i.has_met or t.has_met,
      bridging = case when i.bridging = 'overused' then i.bridging else coalesce(t.bridging, i.bridging) end
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
      )}, ${list(
        "text",
        touched.map((h) => h.source),
      )}, ${list(
        "text",
        touched.map((h) => h.channel),
      )}, ${list(
        "text",
        touched.map((h) => h.bridging),
      )}, ${list(
        "bool",
        touched.map((h) => h.hasMet),
      )}
    ) as t (type, value, first_seen, last_seen, verified, source, channel, bridging, has_met)
    where i.type = t.type and i.value = t.value`,
  );
}
