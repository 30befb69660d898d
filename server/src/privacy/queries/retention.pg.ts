import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { Retention } from "../contracts.ts";

export type RetentionRow = Retention & { readonly updated_at: string };

export function loadRetention(db: Db): Promise<RetentionRow | undefined> {
  return one(db, sql<RetentionRow>`select days, keep_orders, exceptions, updated_at from privacy.retention`);
}

export async function saveRetention(db: Db, { days, keep_orders, exceptions }: Retention, now: string): Promise<void> {
  await sql`
    insert into privacy.retention (days, keep_orders, exceptions, updated_at)
    values (${days}, ${keep_orders}, ${JSON.stringify(exceptions)}::jsonb, ${now})
    on conflict (only_row) do update set days = excluded.days, keep_orders = excluded.keep_orders,
      exceptions = excluded.exceptions, updated_at = excluded.updated_at`.execute(db);
}

export interface RetentionRun {
  readonly id: string;
  readonly began_at: string;
  readonly finished_at: string | null;
  readonly events: number;
  readonly months: number;
  readonly problem: string | null;
}

export function listRuns(db: Db, after: string | null, limit: number): Promise<RetentionRun[]> {
  return rows(
    db,
    sql<RetentionRun>`
      select id, began_at, finished_at, events, months, problem from privacy.retention_runs
      where ${after === null ? sql`true` : sql`id < ${after}::uuid`} order by id desc limit ${limit}`,
  );
}

/** Begins the day's run, or takes over one that somebody left unfinished; undefined when there is nothing to do. */
export function claimRun(
  db: Db,
  run: { readonly id: string; readonly now: string; readonly until: string },
): Promise<{ readonly id: string } | undefined> {
  return one(
    db,
    sql<{ id: string }>`
      insert into privacy.retention_runs as r (id, day, began_at, leased_until)
      values (${run.id}, ${run.now.slice(0, 10)}, ${run.now}, ${run.until})
      on conflict (day) do update set leased_until = excluded.leased_until
      where r.finished_at is null and r.leased_until <= ${run.now}
      returning id`,
  );
}

export async function addToRun(
  db: Db,
  id: string,
  done: { readonly events: number; readonly months: number },
): Promise<void> {
  await sql`
    update privacy.retention_runs set events = events + ${done.events}, months = months + ${done.months}
    where id = ${id}`.execute(db);
}

export async function endRun(db: Db, id: string, now: string): Promise<void> {
  await sql`
    update privacy.retention_runs set finished_at = ${now}, problem = null, leased_until = null
    where id = ${id}`.execute(db);
}

/** It is tried again once the lease is over. */
export async function noteProblem(db: Db, id: string, problem: string): Promise<void> {
  await sql`update privacy.retention_runs set problem = ${problem} where id = ${id}`.execute(db);
}

/** When the next run may begin: the lease of an unfinished one, else the day after the last. */
export async function nextRun(db: Db, now: string): Promise<string> {
  const found = await one(
    db,
    sql<{ at: string | null }>`
      select coalesce(
        (select leased_until from privacy.retention_runs where finished_at is null order by day desc limit 1),
        (select (max(day) + 1)::timestamp at time zone 'UTC' from privacy.retention_runs)) as at`,
  );
  return found?.at ?? now;
}
