import { type Db, list, rows, sql } from "../../platform/db.ts";

export interface LastEntry {
  readonly journey_id: string;
  readonly profile_id: string;
  readonly business_key: string;
  readonly at: string;
}

/** When these people last entered these journeys, per business key. Leans on runs_profile. */
export async function lastEntered(
  db: Db,
  profileIds: readonly string[],
  journeyIds: readonly string[],
): Promise<LastEntry[]> {
  return rows(
    db,
    sql<LastEntry>`
      select journey_id, profile_id, business_key, max(entered_at) as at from journeys.runs
      where profile_id = any(${list("uuid", profileIds)}) and journey_id = any(${list("uuid", journeyIds)})
      group by journey_id, profile_id, business_key`,
  );
}
