import { type Db, list, rows, sql } from "../../platform/db.ts";

export interface NewViolation {
  readonly day: string;
  readonly name: string;
  readonly path: string;
  readonly rule: string;
  readonly message: string;
  readonly source: string;
  readonly messageId: string;
  readonly at: string;
  readonly n: number;
  readonly blocked: number;
}

/** Kinds of violations a day: beyond them only known ones are counted on, as names come from clients. */
const MOST_A_DAY = 5_000;

/** Adds counts, in one order, so that two nodes never wait for each other. */
export async function addViolations(db: Db, found: readonly NewViolation[]): Promise<void> {
  await sql`
    insert into plan.violations as v (day, name, path, rule, n, blocked, message, source, message_id, last_at)
    select (r ->> 'day')::date, r ->> 'name', r ->> 'path', r ->> 'rule', (r ->> 'n')::int8, (r ->> 'blocked')::int8,
      r ->> 'message', r ->> 'source', r ->> 'messageId', (r ->> 'at')::timestamptz
    from unnest(${list(
      "jsonb",
      found.map((violation) => JSON.stringify(violation)),
    )}) as r
    where (select count(*) from plan.violations where day = (r ->> 'day')::date) < ${MOST_A_DAY}
      or exists (select from plan.violations k where k.day = (r ->> 'day')::date and k.name = r ->> 'name'
        and k.path = r ->> 'path' and k.rule = r ->> 'rule')
    order by 1, 2, 3, 4
    on conflict (day, name, path, rule) do update set n = v.n + excluded.n, blocked = v.blocked + excluded.blocked,
      message = excluded.message, source = excluded.source, message_id = excluded.message_id, last_at = excluded.last_at`.execute(
    db,
  );
}

export async function forgetViolationsBefore(db: Db, day: string): Promise<void> {
  await sql`delete from plan.violations where day < ${day}`.execute(db);
}

export interface ViolationRow {
  readonly path: string;
  readonly rule: string;
  readonly message: string;
  readonly n: number;
  readonly blocked: number;
  readonly source: string;
  readonly message_id: string;
  readonly last_at: string;
  readonly days: readonly { readonly day: string; readonly n: number }[];
}

/** What was wrong with the events of a name since a day, the most frequent first. Leans on violations_name. */
export async function readViolations(db: Db, name: string, since: string): Promise<ViolationRow[]> {
  return rows(
    db,
    sql<ViolationRow>`
      select path, rule, sum(n)::int8 as n, sum(blocked)::int8 as blocked, max(last_at) as last_at,
        (array_agg(message order by last_at desc))[1] as message,
        (array_agg(source order by last_at desc))[1] as source,
        (array_agg(message_id order by last_at desc))[1] as message_id,
        jsonb_agg(jsonb_build_object('day', day, 'n', n) order by day) as days
      from plan.violations where name = ${name} and day >= ${since}
      group by path, rule order by sum(n) desc, path, rule limit 200`,
  );
}

/** Violations per event name since a day. */
export async function countViolations(db: Db, since: string): Promise<ReadonlyMap<string, number>> {
  const found = await rows(
    db,
    sql<{ name: string; n: number }>`
      select name, sum(n)::int8 as n from plan.violations where day >= ${since} group by name`,
  );
  return new Map(found.map(({ name, n }) => [name, n]));
}
