import { type Db, rows, sql } from "../../platform/db.ts";

export interface HoldoutTally {
  readonly held: boolean;
  readonly people: number;
  /** Who reached the goal so soon after coming in, wherever their run was. */
  readonly conversions: number;
}

/** People who came in by this version, those only watched apart. Leans on runs_newest. */
export async function holdoutTally(
  db: Db,
  { journeyId, version, seconds }: { journeyId: string; version: number; seconds: number },
): Promise<HoldoutTally[]> {
  return rows(
    db,
    sql<HoldoutTally>`
      select held, count(*)::int8 as people, (count(*) filter (where converted))::int8 as conversions
      from (
        select profile_id, bool_or(exit_reason is not distinct from 'holdout') as held,
          bool_or(coalesce(converted_at <= entered_at + ${seconds} * interval '1 second', false)) as converted
        from journeys.runs
        where journey_id = ${journeyId} and version = ${version} and exit_reason is distinct from 'global_holdout'
        group by profile_id
      ) as person
      group by held`,
  );
}
