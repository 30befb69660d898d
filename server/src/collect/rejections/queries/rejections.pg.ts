import type { Clock } from "../../../platform/clock.ts";
import { type Db, list, rows, sql } from "../../../platform/db.ts";
import { newId } from "../../../platform/ids.ts";

export interface NewRejection {
  readonly at: string;
  /** The key's id; "" when none was known. */
  readonly source: string;
  readonly isRequest: boolean;
  readonly code: string;
  readonly message: string;
  readonly keyHint: string | null;
  readonly type: string | null;
  readonly name: string | null;
  readonly userId: string | null;
  readonly anonymousId: string | null;
  readonly messageId: string | null;
  readonly identifiers: readonly string[];
  readonly field: string | null;
  readonly value: string | null;
  readonly payload: string | null;
  readonly isCut: boolean;
}

export async function insertRejections(db: Db, clock: Clock, found: readonly NewRejection[]): Promise<void> {
  const lines = found.map((row) => JSON.stringify({ ...row, id: newId(clock) }));
  await sql`
    insert into collect.rejections (id, at, source, is_request, code, message, key_hint, type, name, user_id, anonymous_id,
      message_id, identifiers, field, value, payload, is_cut)
    select (r ->> 'id')::uuid, (r ->> 'at')::timestamptz, r ->> 'source', (r ->> 'isRequest')::bool, r ->> 'code',
      r ->> 'message', r ->> 'keyHint', r ->> 'type', r ->> 'name', r ->> 'userId', r ->> 'anonymousId', r ->> 'messageId',
      array(select jsonb_array_elements_text(r -> 'identifiers')), r ->> 'field', r ->> 'value', r ->> 'payload',
      (r ->> 'isCut')::bool
    from unnest(${list("jsonb", lines)}) as r`.execute(db);
}

export interface DoorCount {
  readonly source: string;
  readonly code: string;
  readonly n: number;
}

/** Adds to the counts of this hour; the callers' order is one, so that two nodes never wait for each other. */
export async function addCounts(db: Db, hour: string, counts: readonly DoorCount[]): Promise<void> {
  await sql`
    insert into collect.door_counts (hour, source, code, n)
    select ${hour}, source, code, n from unnest(${list(
      "text",
      counts.map((c) => c.source),
    )}, ${list(
      "text",
      counts.map((c) => c.code),
    )}, ${list(
      "int8",
      counts.map((c) => c.n),
    )}) as t (source, code, n) order by source, code
    on conflict (hour, source, code) do update set n = collect.door_counts.n + excluded.n`.execute(db);
}

/** Keeps the newest `keep` of each of these keys. Leans on rejections_source. */
export async function trimRejections(db: Db, sources: readonly string[], keep: number): Promise<void> {
  await sql`
    delete from collect.rejections r using unnest(${list("text", sources)}) as s (source)
    where r.source = s.source and r.id < (
      select id from collect.rejections where source = s.source order by id desc offset ${keep - 1} limit 1)`.execute(
    db,
  );
}

export async function forgetRejectionsBefore(db: Db, at: string, countsBefore: string): Promise<void> {
  await sql`delete from collect.rejections where at < ${at}`.execute(db);
  await sql`delete from collect.door_counts where hour < ${countsBefore}`.execute(db);
}

export async function readDoorCounts(db: Db, since: string): Promise<DoorCount[]> {
  return rows(
    db,
    sql<DoorCount>`
      select source, code, sum(n)::int8 as n from collect.door_counts where hour >= ${since}
      group by source, code order by source, n desc, code`,
  );
}
