import { list, send, sql, type Tx } from "../../platform/db.ts";
import { addConverted } from "./flows.pg.ts";

export interface LateGoal {
  readonly journeyId: string;
  readonly profileId: string;
  readonly at: string;
  readonly since: string;
}

/** The goal was reached after the run had gone its whole way: the newest such run counts. Leans on runs_profile. */
export function noteConversions(tx: Tx, goals: readonly LateGoal[]): void {
  if (goals.length === 0) return;
  const column = (key: keyof LateGoal) => goals.map((goal) => goal[key]);
  send(
    tx,
    sql`
    with late as (
    update journeys.runs r set converted_at = hit.at
    from (
      select distinct on (run.id) run.id, goal.at
      from unnest(${list("uuid", column("journeyId"))}, ${list("uuid", column("profileId"))},
                  ${list("timestamptz", column("at"))}, ${list("timestamptz", column("since"))})
           as goal (journey_id, profile_id, at, since)
      cross join lateral (
        select id, exit_reason, exited_at, began_at from journeys.runs
        where profile_id = goal.profile_id and journey_id = goal.journey_id
        order by entered_at desc limit 1
      ) as run
      where run.exit_reason in ('completed', 'holdout', 'global_holdout') and run.exited_at >= goal.since and run.began_at <= goal.at
      order by run.id, goal.at
    ) as hit
    where r.id = hit.id and r.converted_at is null returning r.journey_id, r.trail
    )
    ${addConverted("late")}`,
  );
}
