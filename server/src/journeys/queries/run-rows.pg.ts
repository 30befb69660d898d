import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { Run, Step } from "../runs/run.ts";

const COLUMNS = sql.raw(`
  r.id, r.journey_id as "journeyId", r.version, r.profile_id as "profileId", r.business_key as "businessKey", r.node,
  r.status, r.wake_at as "wakeAt", r.waits_since as "waitsSince", r.steps, r.carries, r.began_at as "beganAt",
  r.entered_at as "enteredAt", r.exited_at as "exitedAt", r.exit_reason as "exitReason",
  r.converted_at as "convertedAt"`);

/** Locks the runs under way of these people in these journeys, in the order of their ids. Leans on runs_profile. */
export async function lockActive(db: Db, profileIds: readonly string[], journeyIds: readonly string[]): Promise<Run[]> {
  return rows(
    db,
    sql<Run>`
      select ${COLUMNS} from journeys.runs r
      where r.profile_id = any(${list("uuid", profileIds)}) and r.journey_id = any(${list("uuid", journeyIds)})
        and r.exited_at is null
      order by r.id for update`,
  );
}

/**
 * Takes due runs of live journeys for this transaction alone. One look per journey at runs_due, so that a paused
 * journey's overdue thousands are never walked through.
 */
export async function claimDue(db: Db, journeyIds: readonly string[], now: string, limit: number): Promise<Run[]> {
  return rows(
    db,
    sql<Run>`
      select due.* from unnest(${list("uuid", journeyIds)}) as journey (id)
      cross join lateral (
        select ${COLUMNS} from journeys.runs r
        where r.journey_id = journey.id and r.exited_at is null and r.wake_at <= ${now}
        order by r.wake_at limit ${limit} for update skip locked
      ) as due
      limit ${limit}`,
  );
}

/** One due run by its id, when nobody else has it. */
export async function claimOne(db: Db, id: string, now: string): Promise<Run | undefined> {
  const [run] = await rows(
    db,
    sql<Run>`
      select ${COLUMNS} from journeys.runs r
      where r.id = ${id} and r.exited_at is null and r.wake_at <= ${now} for update skip locked`,
  );
  return run;
}

export async function dueIds(db: Db, journeyIds: readonly string[], now: string, limit: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      select due.id from unnest(${list("uuid", journeyIds)}) as journey (id)
      cross join lateral (
        select r.id from journeys.runs r
        where r.journey_id = journey.id and r.exited_at is null and r.wake_at <= ${now}
        order by r.wake_at limit ${limit}
      ) as due
      limit ${limit}`,
  );
  return found.map((row) => row.id);
}

export async function nextDue(db: Db, journeyIds: readonly string[]): Promise<string | null> {
  const [found] = await rows(
    db,
    sql<{ at: string | null }>`
      select min(due.wake_at) as at from unnest(${list("uuid", journeyIds)}) as journey (id)
      cross join lateral (
        select wake_at from journeys.runs r
        where r.journey_id = journey.id and r.exited_at is null and r.wake_at is not null
        order by r.wake_at limit 1
      ) as due`,
  );
  return found?.at ?? null;
}

/**
 * New runs of journeys that are live at this very moment; a journey being paused or archived waits for us or we for
 * it. A run that is `behind` began with a version that is no longer the newest.
 */
export async function insertRuns(db: Db, runs: readonly Run[]): Promise<{ id: string; behind: boolean }[]> {
  if (runs.length === 0) return [];
  const column = <K extends keyof Run>(key: K) => runs.map((run) => run[key]);
  return rows(
    db,
    sql<{ id: string; behind: boolean }>`
      with live as (
        select id, version from journeys.journeys
        where id = any(${list("uuid", [...new Set(column("journeyId"))])}) and status = 'live'
        order by id for share
      )
      insert into journeys.runs (id, journey_id, version, profile_id, business_key, node, status, wake_at, waits_since,
        steps, carries, began_at, entered_at, exited_at, exit_reason, converted_at)
      select new.* from unnest(
        ${list("uuid", column("id"))}, ${list("uuid", column("journeyId"))}, ${list("int4", column("version"))},
        ${list("uuid", column("profileId"))}, ${list("text", column("businessKey"))}, ${list("text", column("node"))},
        ${list("text", column("status"))}, ${list("timestamptz", column("wakeAt"))},
        ${list("timestamptz", column("waitsSince"))}, ${list("int4", column("steps"))},
        ${list(
          "jsonb",
          runs.map((run) => JSON.stringify(run.carries)),
        )}, ${list("timestamptz", column("beganAt"))}, ${list("timestamptz", column("enteredAt"))},
        ${list("timestamptz", column("exitedAt"))}, ${list("text", column("exitReason"))},
        ${list("timestamptz", column("convertedAt"))}
      ) as new (id, journey_id, version, profile_id, business_key, node, status, wake_at, waits_since, steps, carries,
        began_at, entered_at, exited_at, exit_reason, converted_at)
      join live on live.id = new.journey_id
      on conflict do nothing
      returning id, version <> (select live.version from live where live.id = runs.journey_id) as behind`,
  );
}

/** Where runs stand now; what they began with never changes. */
export async function updateRuns(db: Db, runs: readonly Run[]): Promise<void> {
  if (runs.length === 0) return;
  const column = <K extends keyof Run>(key: K) => runs.map((run) => run[key]);
  await sql`
    update journeys.runs r
    set node = new.node, status = new.status, wake_at = new.wake_at, waits_since = new.waits_since, steps = new.steps,
        exited_at = new.exited_at, exit_reason = new.exit_reason, converted_at = new.converted_at, failures = 0
    from unnest(
      ${list("uuid", column("id"))}, ${list("text", column("node"))}, ${list("text", column("status"))},
      ${list("timestamptz", column("wakeAt"))}, ${list("timestamptz", column("waitsSince"))},
      ${list("int4", column("steps"))}, ${list("timestamptz", column("exitedAt"))},
      ${list("text", column("exitReason"))}, ${list("timestamptz", column("convertedAt"))}
    ) as new (id, node, status, wake_at, waits_since, steps, exited_at, exit_reason, converted_at)
    where r.id = new.id`.execute(db);
}

export async function insertSteps(db: Db, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return;
  const column = <K extends keyof Step>(key: K) => steps.map((step) => step[key]);
  await sql`
    insert into journeys.steps (run_id, n, node, at, note)
    select * from unnest(
      ${list("uuid", column("runId"))}, ${list("int4", column("n"))}, ${list("text", column("node"))},
      ${list("timestamptz", column("at"))}, ${list("text", column("note"))}
    )`.execute(db);
}
