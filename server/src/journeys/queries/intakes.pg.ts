import { type Db, one, rows, sql, type Tx } from "../../platform/db.ts";

/** Whom an intake is for: a segment, a list, or whoever has a date on one of these days. */
export type IntakeAudience =
  | { readonly segment_id: string }
  | { readonly list_id: string }
  | { readonly day: string; readonly only_coming: boolean };

export interface IntakeRow {
  readonly id: string;
  readonly journey_id: string;
  readonly cause: string;
  readonly key: string;
  readonly audience: IntakeAudience;
  readonly at: string;
  readonly cursor: string | null;
  readonly looked: number;
  readonly entered: number;
  readonly status: "running" | "done" | "cancelled";
  readonly created_at: string;
  readonly finished_at: string | null;
}

/** The same cause and key of a journey is the same intake. */
export async function insertIntake(
  tx: Tx,
  intake: Pick<IntakeRow, "id" | "journey_id" | "cause" | "key" | "audience" | "at"> & { now: string },
): Promise<void> {
  await sql`
    insert into journeys.intakes (id, journey_id, cause, key, audience, at, status, created_at)
    values (${intake.id}, ${intake.journey_id}, ${intake.cause}, ${intake.key}, ${JSON.stringify(intake.audience)},
      ${intake.at}, 'running', ${intake.now})
    on conflict (journey_id, cause, key) do nothing`.execute(tx);
}

/** The oldest intake of a live journey that nobody else is at. */
export async function claimIntake(tx: Tx): Promise<IntakeRow | undefined> {
  return await one(
    tx,
    sql<IntakeRow>`
      select i.* from journeys.intakes i join journeys.journeys j on j.id = i.journey_id
      where i.status = 'running' and j.status = 'live' order by i.created_at limit 1 for update of i skip locked`,
  );
}

export async function advanceIntake(
  tx: Tx,
  id: string,
  made: { cursor: string | null; looked: number; entered: number; finishedAt: string | null },
): Promise<void> {
  await sql`
    update journeys.intakes
    set cursor = coalesce(${made.cursor}, cursor), looked = looked + ${made.looked}, entered = entered + ${made.entered},
        status = case when ${made.finishedAt}::timestamptz is null then status else 'done' end,
        finished_at = ${made.finishedAt}
    where id = ${id}`.execute(tx);
}

export async function cancelIntake(db: Db, journeyId: string, id: string, now: string): Promise<void> {
  await sql`
    update journeys.intakes set status = 'cancelled', finished_at = ${now}
    where id = ${id} and journey_id = ${journeyId} and status = 'running'`.execute(db);
}

export async function listIntakes(
  db: Db,
  journeyId: string,
  before: string | null,
  limit: number,
): Promise<IntakeRow[]> {
  return await rows(
    db,
    sql<IntakeRow>`
      select * from journeys.intakes
      where journey_id = ${journeyId} and (${before}::uuid is null or id < ${before}::uuid)
      order by id desc limit ${limit}`,
  );
}

/** Sets when a journey's schedule has to be looked at next; null for never. */
export async function setTimer(tx: Tx, journeyId: string, nextAt: string | null): Promise<void> {
  if (nextAt === null) await sql`delete from journeys.timers where journey_id = ${journeyId}`.execute(tx);
  else
    await sql`
      insert into journeys.timers (journey_id, next_at) values (${journeyId}, ${nextAt})
      on conflict (journey_id) do update set next_at = excluded.next_at`.execute(tx);
}

/** A timer of a live journey that has come due, for this transaction alone. */
export async function claimTimer(tx: Tx, now: string): Promise<{ journey_id: string; next_at: string } | undefined> {
  return await one(
    tx,
    sql<{ journey_id: string; next_at: string }>`
      select t.journey_id, t.next_at from journeys.timers t join journeys.journeys j on j.id = t.journey_id
      where t.next_at <= ${now} and j.status = 'live' order by t.next_at limit 1 for update of t skip locked`,
  );
}

/** When there is something to let in next: at once while an intake is under way. */
export async function nextIntakeDue(db: Db, now: string): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string | null }>`
      select case when exists (
          select from journeys.intakes i join journeys.journeys j on j.id = i.journey_id
          where i.status = 'running' and j.status = 'live') then ${now}::timestamptz
        else (select min(t.next_at) from journeys.timers t join journeys.journeys j on j.id = t.journey_id
              where j.status = 'live') end as at`,
  );
  return found?.at ?? null;
}
