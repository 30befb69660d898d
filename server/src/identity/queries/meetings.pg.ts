import type { Clock } from "../../platform/clock.ts";
import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { Identifier } from "../extract-identifiers.ts";
import type { Alarm, Meeting } from "../meetings.ts";

const types = (items: readonly Identifier[]) =>
  list(
    "text",
    items.map(({ type }) => type),
  );
const values = (items: readonly Identifier[]) =>
  list(
    "text",
    items.map(({ value }) => value),
  );

/** Whom the given identifiers have come with; people who were merged away count as who they are now. */
export async function loadMeetings(db: Db, identifiers: readonly Identifier[]): Promise<Meeting[]> {
  const found = await rows(
    db,
    sql<{ type: string; value: string; profile_id: string; at: string }>`
      select m.type, m.value, coalesce(a.into_id, m.profile_id) as profile_id, max(m.at) as at
      from unnest(${types(identifiers)}, ${values(identifiers)}) as w (type, value)
      join identity.meetings m using (type, value)
      left join identity.aliases a on a.from_id = m.profile_id
      group by 1, 2, 3 order by 4`,
  );
  return found.map(({ profile_id, ...meeting }) => ({ ...meeting, profileId: profile_id }));
}

export async function saveMeetings(tx: Tx, met: readonly Meeting[]): Promise<void> {
  const last = [
    ...new Map(met.map((meeting) => [`${meeting.type}:${meeting.value} ${meeting.profileId}`, meeting])).values(),
  ];
  await sql`
    insert into identity.meetings (type, value, profile_id, at)
    select * from unnest(${types(last)}, ${values(last)}, ${list(
      "uuid",
      last.map(({ profileId }) => profileId),
    )}, ${list(
      "timestamptz",
      last.map(({ at }) => at),
    )})
    on conflict (type, value, profile_id) do update set at = greatest(identity.meetings.at, excluded.at)`.execute(tx);
}

export async function saveAlarms(tx: Tx, clock: Clock, alarms: readonly Alarm[]): Promise<void> {
  await sql`
    insert into identity.alarms (id, at, type, value, people)
    select * from unnest(${list(
      "uuid",
      alarms.map(() => newId(clock)),
    )}, ${list(
      "timestamptz",
      alarms.map(({ at }) => at),
    )}, ${types(alarms)}, ${values(alarms)}, ${list(
      "int4",
      alarms.map(({ people }) => people),
    )})
    on conflict do nothing`.execute(tx);
}

/** An identifier that goes over to another person; it counts as theirs from their own claim on. */
export interface HandOver extends Identifier {
  readonly from: string;
  readonly into: string;
  readonly firstSeen: string;
}

/** Gives identifiers to a stronger claim; answers how many were still where they were thought to be. */
export async function moveIdentifiers(tx: Tx, moves: readonly HandOver[]): Promise<number> {
  if (moves.length === 0) return 0;
  const result = await sql`
    update identity.identifiers i set profile_id = m.into_id, first_seen = m.first_seen
    from unnest(${types(moves)}, ${values(moves)}, ${list(
      "uuid",
      moves.map(({ from }) => from),
    )}, ${list(
      "uuid",
      moves.map(({ into }) => into),
    )}, ${list(
      "timestamptz",
      moves.map(({ firstSeen }) => firstSeen),
    )}) as m (type, value, from_id, into_id, first_seen)
    where i.type = m.type and i.value = m.value and i.profile_id = m.from_id`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}

/** How many people were merged into each of these. Leans on aliases_into. */
export async function countMerged(db: Db, profileIds: readonly string[]): Promise<Map<string, number>> {
  const found = await rows(
    db,
    sql<{ into_id: string; n: number }>`
      select into_id, count(*)::int4 as n from identity.aliases
      where into_id = any(${list("uuid", profileIds)}) group by into_id`,
  );
  return new Map(found.map(({ into_id, n }) => [into_id, n]));
}
