import { type Db, one, sql } from "../../platform/db.ts";
import type { EndedRun } from "./merge-runs.pg.ts";

/** After so many failures, about ten hours in, a run is given up. */
const MOST_FAILURES = 8;

/**
 * Sets a run aside that could not be worked: 5 minutes, then twice as long each time, then for ever; gives the run when
 * that ended it.
 */
export async function postponeRun(db: Db, id: string, now: Temporal.Instant): Promise<EndedRun | null> {
  const at = now.toString();
  const row = await one(
    db,
    sql<EndedRun & { isEnded: boolean }>`
      update journeys.runs r
      set failures = failures + 1,
          wake_at = case when failures < ${MOST_FAILURES}
                         then ${at}::timestamptz + interval '5 minutes' * (2 ^ failures) end,
          status = case when failures < ${MOST_FAILURES} then r.status else 'ended' end,
          exited_at = case when failures < ${MOST_FAILURES} then null else ${at}::timestamptz end,
          exit_reason = case when failures < ${MOST_FAILURES} then null else 'error' end
      from journeys.journeys j
      where r.id = ${id} and r.exited_at is null and j.id = r.journey_id
      returning r.id, r.profile_id as "profileId", r.journey_id as "journeyId", j.name as "journeyName",
        r.status = 'ended' as "isEnded"`,
  );
  return row?.isEnded ? row : null;
}
