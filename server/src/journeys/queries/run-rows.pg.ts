import { type Db, list, rows, send, sql, type Tx } from "../../platform/db.ts";
import type { Run, Step, Walk } from "../runs/run.ts";

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
 * Which of these journeys are live, and with which version. Whoever pauses, publishes or archives one waits for this
 * transaction, so that no run begins and no message is queued behind their back.
 */
export async function shareLive(db: Db, journeyIds: readonly string[]): Promise<Map<string, number>> {
  const found = await rows(
    db,
    sql<{ id: string; version: number }>`
      select id, version from journeys.journeys
      where id = any(${list("uuid", journeyIds)}) and status = 'live' order by id for share`,
  );
  return new Map(found.map((row) => [row.id, row.version]));
}

/** So many runs of a journey. */
export interface Portion {
  readonly id: string;
  readonly n: number;
}

const portions = (of: readonly Portion[]) => sql`unnest(
  ${list(
    "uuid",
    of.map(({ id }) => id),
  )}, ${list(
    "int4",
    of.map(({ n }) => n),
  )}) as journey (id, n)`;

/**
 * Statistics lag behind a queue: for the rest of this transaction the planner must take the first of the index, not fetch
 * and sort all that is due.
 */
export function readInOrder(tx: Tx): void {
  send(tx, sql`select set_config('enable_bitmapscan', 'off', true)`);
}

/** How many runs of each of these journeys are due, counted up to `most`; journeys without any are left out. */
export async function countDue(tx: Tx, journeyIds: readonly string[], now: string, most: number): Promise<Portion[]> {
  return await rows(
    tx,
    sql<Portion>`
      select journey.id, due.n from unnest(${list("uuid", journeyIds)}) as journey (id)
      cross join lateral (
        select count(*)::int4 as n from (
          select from journeys.runs r
          where r.journey_id = journey.id and r.exited_at is null and r.wake_at <= ${now} limit ${most}
        ) as counted
      ) as due
      where due.n > 0`,
  );
}

/**
 * Takes due runs for this transaction alone, so many of each journey, so that a crowd in one does not keep the others
 * waiting. One look per journey at runs_due: a paused journey's overdue thousands are never walked through.
 */
export async function claimDue(tx: Tx, of: readonly Portion[], now: string): Promise<Run[]> {
  return await rows(
    tx,
    sql<Run>`
      select due.* from ${portions(of)}
      cross join lateral (
        select ${COLUMNS} from journeys.runs r
        where r.journey_id = journey.id and r.exited_at is null and r.wake_at <= ${now}
        order by r.wake_at limit journey.n for update skip locked
      ) as due`,
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

export async function dueIds(
  db: Db,
  of: readonly Portion[],
  now: string,
): Promise<{ id: string; journey_id: string }[]> {
  return rows(
    db,
    sql<{ id: string; journey_id: string }>`
      select due.id, journey.id as journey_id from ${portions(of)}
      cross join lateral (
        select r.id from journeys.runs r
        where r.journey_id = journey.id and r.exited_at is null and r.wake_at <= ${now}
        order by r.wake_at limit journey.n
      ) as due`,
  );
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

export function insertRuns(tx: Tx, walks: readonly Walk[]): void {
  if (walks.length === 0) return;
  const column = <K extends keyof Run>(key: K) => walks.map(({ run }) => run[key]);
  send(
    tx,
    sql`
      insert into journeys.runs (id, journey_id, version, profile_id, business_key, node, status, wake_at, waits_since,
        steps, carries, began_at, entered_at, exited_at, exit_reason, converted_at, trail)
      select new.* from unnest(
        ${list("uuid", column("id"))}, ${list("uuid", column("journeyId"))}, ${list("int4", column("version"))},
        ${list("uuid", column("profileId"))}, ${list("text", column("businessKey"))}, ${list("text", column("node"))},
        ${list("text", column("status"))}, ${list("timestamptz", column("wakeAt"))},
        ${list("timestamptz", column("waitsSince"))}, ${list("int4", column("steps"))},
        ${list(
          "jsonb",
          walks.map(({ run }) => JSON.stringify(run.carries)),
        )}, ${list("timestamptz", column("beganAt"))}, ${list("timestamptz", column("enteredAt"))},
        ${list("timestamptz", column("exitedAt"))}, ${list("text", column("exitReason"))},
        ${list("timestamptz", column("convertedAt"))}, ${list("jsonb", walks.map(trailOf))}
      ) as new (id, journey_id, version, profile_id, business_key, node, status, wake_at, waits_since, steps, carries,
        began_at, entered_at, exited_at, exit_reason, converted_at, trail)`,
  );
}

/** Of a journey that goes round and round the log keeps its last lines. */
const LONGEST_TRAIL = 200;

/** Where runs stand now, and what was added to their logs; `carries` only where it is new. */
export function updateRuns(tx: Tx, walks: readonly (Walk & { readonly carries?: string | null })[]): void {
  if (walks.length === 0) return;
  const column = <K extends keyof Run>(key: K) => walks.map(({ run }) => run[key]);
  send(
    tx,
    sql`
    update journeys.runs r
    set node = new.node, status = new.status, wake_at = new.wake_at, waits_since = new.waits_since, steps = new.steps,
        exited_at = new.exited_at, exit_reason = new.exit_reason, converted_at = new.converted_at, failures = 0,
        carries = coalesce(new.carries, r.carries),
        trail = case when new.steps <= ${LONGEST_TRAIL} then r.trail || new.trail
                     else jsonb_path_query_array(r.trail || new.trail, '$[last - 100 to last]') end
    from unnest(
      ${list("uuid", column("id"))}, ${list("text", column("node"))}, ${list("text", column("status"))},
      ${list("timestamptz", column("wakeAt"))}, ${list("timestamptz", column("waitsSince"))},
      ${list("int4", column("steps"))}, ${list("timestamptz", column("exitedAt"))},
      ${list("text", column("exitReason"))}, ${list("timestamptz", column("convertedAt"))},
      ${list(
        "jsonb",
        walks.map(({ carries }) => carries ?? null),
      )}, ${list("jsonb", walks.map(trailOf))}
    ) as new (id, node, status, wake_at, waits_since, steps, exited_at, exit_reason, converted_at, carries, trail)
    where r.id = new.id`,
  );
}

function trailOf({ steps }: { readonly steps: readonly Step[] }): string {
  return JSON.stringify(
    steps.map(({ node, at, note, way, version }) =>
      way === undefined ? [node, at, note] : [node, at, note, way, version],
    ),
  );
}
