import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";
import { affected } from "../../platform/personal-data.ts";

export interface Shift {
  readonly journey_id: string;
  readonly version: number;
  readonly inside: "move" | "exit";
}

/** What is to become of those on older versions; a later wish replaces an earlier one. */
export async function setShift(tx: Tx, shift: Shift): Promise<void> {
  await sql`
    insert into journeys.shifts (journey_id, version, inside)
    values (${shift.journey_id}, ${shift.version}, ${shift.inside})
    on conflict (journey_id) do update set version = excluded.version, inside = excluded.inside, moved = 0`.execute(tx);
}

export async function dropShift(tx: Tx, journeyId: string): Promise<void> {
  await sql`delete from journeys.shifts where journey_id = ${journeyId}`.execute(tx);
}

export async function claimShift(tx: Tx): Promise<Shift | undefined> {
  return await one(
    tx,
    sql<Shift>`select journey_id, version, inside from journeys.shifts limit 1 for update skip locked`,
  );
}

/**
 * Moves runs of older versions that stand at one of these nodes to the newest; those elsewhere finish what they began.
 * What must be worked is worked by the new version; waits keep their time.
 */
export async function moveSome(tx: Tx, shift: Shift, nodes: readonly string[], limit: number): Promise<number> {
  return await affected(
    tx,
    sql`
    update journeys.runs r set version = ${shift.version}
    where id = any(array(
      select id from journeys.runs
      where journey_id = ${shift.journey_id} and exited_at is null and version < ${shift.version}
        and node = any(${list("text", nodes)})
      order by id limit ${limit} for update
    ))`,
  );
}

/** Ends runs of older versions; gives them. */
export async function endSome(
  tx: Tx,
  shift: Shift,
  now: string,
  limit: number,
): Promise<{ id: string; profileId: string; journeyId: string; journeyName: string }[]> {
  return await rows(
    tx,
    sql<{ id: string; profileId: string; journeyId: string; journeyName: string }>`
      update journeys.runs r
      set status = 'ended', exited_at = ${now}, exit_reason = 'version_ended', wake_at = null, waits_since = null
      from journeys.journeys j
      where j.id = r.journey_id and r.id = any(array(
        select id from journeys.runs
        where journey_id = ${shift.journey_id} and exited_at is null and version < ${shift.version}
        order by id limit ${limit} for update
      ))
      returning r.id, r.profile_id as "profileId", r.journey_id as "journeyId", j.name as "journeyName"`,
  );
}

/** Takes what only a run under way needs out of runs that ended before; gives how many. */
export async function compactRuns(db: Db, before: string, limit: number): Promise<number> {
  return await affected(
    db,
    sql`
    update journeys.runs set carries = '{}', trail = '[]'
    where id = any(array(
      select id from journeys.runs where exited_at < ${before} and trail <> '[]'
      order by exited_at limit ${limit} for update skip locked
    ))`,
  );
}
