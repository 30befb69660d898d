import { type Db, sql } from "../../platform/db.ts";

/** After so many failures, about ten hours in, a run is given up. */
const MOST_FAILURES = 8;

/** Sets a run aside that could not be worked: 5 minutes, then twice as long each time, then for ever. */
export async function postponeRun(db: Db, id: string, now: Temporal.Instant): Promise<void> {
  const at = now.toString();
  await sql`
    update journeys.runs
    set failures = failures + 1,
        wake_at = case when failures < ${MOST_FAILURES}
                       then ${at}::timestamptz + interval '5 minutes' * (2 ^ failures) end,
        status = case when failures < ${MOST_FAILURES} then status else 'ended' end,
        exited_at = case when failures < ${MOST_FAILURES} then null else ${at}::timestamptz end,
        exit_reason = case when failures < ${MOST_FAILURES} then null else 'error' end
    where id = ${id} and exited_at is null`.execute(db);
}
