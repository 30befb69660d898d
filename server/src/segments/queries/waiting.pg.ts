import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { MembershipChange } from "../contracts.ts";

/** People who wait for History, longest first. Index horizons_waiting. */
export async function waitingPeople(db: Db, limit: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ profile_id: string }>`
      select profile_id from segments.horizons where waits group by profile_id order by min(due_at) limit ${limit}`,
  );
  return found.map((row) => row.profile_id);
}

/** What is due of one person, who is locked: also what needs no History. Primary key of horizons. */
export async function rulesDue(
  db: Db,
  profileId: string,
  now: string,
): Promise<{ readonly rule_id: string; readonly waits: boolean }[]> {
  return await rows(
    db,
    sql<{ rule_id: string; waits: boolean }>`
      select rule_id, waits from segments.horizons where profile_id = ${profileId} and due_at <= ${now}`,
  );
}

/** The sweeper carries them to the journeys and the timeline, in this order. */
export async function addPending(tx: Tx, changes: readonly MembershipChange[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    insert into segments.pending_changes (segment_id, profile_id, kind, at, historical)
    select * from unnest(${list(
      "uuid",
      changes.map((change) => change.segmentId),
    )}, ${list(
      "uuid",
      changes.map((change) => change.profileId),
    )}, ${list(
      "text",
      changes.map((change) => change.kind),
    )}, ${list(
      "timestamptz",
      changes.map((change) => change.at),
    )}, ${list(
      "bool",
      changes.map((change) => change.historical),
    )})`.execute(tx);
}

export interface BeyondState {
  /** People of whom a part of what they did is in History only. */
  readonly people: number;
  /** Those of them who wait for it just now. */
  readonly waiting: number;
}

export async function countBeyond(db: Db): Promise<BeyondState> {
  const found = await one(
    db,
    sql<BeyondState>`
      select (select count(distinct profile_id) from segments.states where in_history) as people,
        (select count(distinct profile_id) from segments.horizons where waits) as waiting`,
  );
  return found ?? { people: 0, waiting: 0 };
}
