import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";

/** Whether suppressed identifiers have to be asked for at all. */
export interface Suppression {
  readonly is_active: boolean;
  /** Some erased person's events received before this may still be on their way. */
  readonly newest_until: string | null;
}

export interface SuppressedKey {
  readonly key: string;
  readonly erasure_id: string;
  readonly until: string | null;
}

/** Which of these keys are suppressed. Leans on the primary key. */
export async function findSuppressed(db: Db, keys: readonly string[]): Promise<Map<string, SuppressedKey>> {
  if (keys.length === 0) return new Map();
  const found = await rows(
    db,
    sql<SuppressedKey>`select key, erasure_id, until from identity.suppressed where key = any(${list("text", keys)})`,
  );
  return new Map(found.map((row) => [row.key, row]));
}

export interface NewKey {
  readonly key: string;
  readonly type: string;
  readonly erasureId: string;
}

/** Suppresses for ever (`until` null), or events received before `until`. For ever stays for ever. */
export async function saveSuppressed(
  tx: Tx,
  keys: readonly NewKey[],
  { until, now }: { readonly until: string | null; readonly now: string },
): Promise<void> {
  if (keys.length === 0) return;
  await sql`
    insert into identity.suppressed as s (key, erasure_id, type, until, created_at)
    select key, erasure_id, type, ${until}, ${now} from unnest(
      ${list(
        "text",
        keys.map((k) => k.key),
      )}, ${list(
        "uuid",
        keys.map((k) => k.erasureId),
      )},
      ${list(
        "text",
        keys.map((k) => k.type),
      )}) as t (key, erasure_id, type)
    on conflict (key) do update set until = excluded.until, erasure_id = excluded.erasure_id,
      created_at = excluded.created_at
    where s.until is not null`.execute(tx);
  await refreshSuppression(tx);
}

/** At most so many ids are learnt from events of one suppressed person: more is not a person's doing. */
const MOST_LEARNT = 50;

/** Devices that came along with a suppressed person. */
export async function learnSuppressed(tx: Tx, now: Temporal.Instant, keys: readonly NewKey[]): Promise<void> {
  await sql`
    insert into identity.suppressed (key, erasure_id, type, is_learnt, created_at)
    select key, erasure_id, type, true, ${now.toString()} from unnest(
      ${list(
        "text",
        keys.map((k) => k.key),
      )}, ${list(
        "uuid",
        keys.map((k) => k.erasureId),
      )},
      ${list(
        "text",
        keys.map((k) => k.type),
      )}) as t (key, erasure_id, type)
    where (select count(*) from identity.suppressed s where s.erasure_id = t.erasure_id and s.is_learnt) < ${MOST_LEARNT}
    order by key on conflict (key) do nothing`.execute(tx);
}

export async function countDropped(tx: Tx, now: Temporal.Instant, events: number): Promise<void> {
  await sql`
    insert into identity.suppressed_events as s (day, events) values (${now.toString().slice(0, 10)}, ${events})
    on conflict (day) do update set events = s.events + excluded.events`.execute(tx);
}

export async function refreshSuppression(tx: Tx): Promise<void> {
  await sql`
    update identity.suppression set is_active = exists (select from identity.suppressed where until is null),
      newest_until = (select max(until) from identity.suppressed)`.execute(tx);
}

/** What was kept only for events on their way. Their time is over. */
export async function forgetCuts(tx: Tx, before: string): Promise<void> {
  await sql`delete from identity.suppressed where until < ${before}`.execute(tx);
  await sql`delete from identity.erased where at < ${before}`.execute(tx);
  await refreshSuppression(tx);
}

/** Suppressed people, newest first: counts and times, nothing that names them. */
export interface SuppressedPerson {
  readonly id: string;
  readonly since: string;
  readonly identifiers: Readonly<Record<string, number>>;
}

const PERSON = sql`
  select erasure_id as id, min(created_at) as since, jsonb_object_agg(type, n) as identifiers
  from (
    select erasure_id, type, min(created_at) as created_at, count(*)::int4 as n
    from identity.suppressed where until is null group by erasure_id, type
  ) as t`;

export function listSuppressedPeople(db: Db, after: string | null, limit: number): Promise<SuppressedPerson[]> {
  return rows(
    db,
    sql<SuppressedPerson>`
      ${PERSON} where ${after === null ? sql`true` : sql`erasure_id < ${after}::uuid`}
      group by erasure_id order by erasure_id desc limit ${limit}`,
  );
}

export function loadSuppressedPerson(db: Db, erasureId: string): Promise<SuppressedPerson | undefined> {
  return one(db, sql<SuppressedPerson>`${PERSON} where erasure_id = ${erasureId} group by erasure_id`);
}

/** Lets a person come back; returns how many identifiers were suppressed. */
export async function deleteSuppressed(tx: Tx, erasureId: string): Promise<number> {
  const result = await sql`delete from identity.suppressed where erasure_id = ${erasureId} and until is null`.execute(
    tx,
  );
  await refreshSuppression(tx);
  return Number(result.numAffectedRows ?? 0);
}

export async function countDroppedEvents(db: Db): Promise<number> {
  const found = await one(
    db,
    sql<{ events: number }>`select coalesce(sum(events), 0)::int8 as events from identity.suppressed_events`,
  );
  return found?.events ?? 0;
}
