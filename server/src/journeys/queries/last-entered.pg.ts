import { type Db, list, rows, sql } from "../../platform/db.ts";

export interface LastEntry {
  readonly journey_id: string;
  readonly profile_id: string;
  readonly business_key: string;
  /** null: they never came in. */
  readonly at: string | null;
  /** The same, counting also the times at which they were kept out. */
  readonly asked_at: string;
}

/** When these people last entered these journeys, or would have, per business key. Leans on runs_profile. */
export async function lastEntered(
  db: Db,
  profileIds: readonly string[],
  journeyIds: readonly string[],
): Promise<LastEntry[]> {
  return rows(
    db,
    sql<LastEntry>`
      select journey_id, profile_id, business_key, max(entered_at) as asked_at,
        max(entered_at) filter (where exit_reason is distinct from 'global_holdout') as at
      from journeys.runs
      where profile_id = any(${list("uuid", profileIds)}) and journey_id = any(${list("uuid", journeyIds)})
      group by journey_id, profile_id, business_key`,
  );
}
