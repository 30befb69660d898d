import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { CallOutcome, CallView } from "../channels/call-contracts.ts";

/** Of a message that was erased meanwhile nothing is kept. */
export async function insertCall(
  db: Db,
  call: { messageId: string; phone: string; script: string; reason: string; dueAt: string; at: string },
): Promise<void> {
  await sql`
    insert into messages.calls (message_id, profile_id, phone, script, reason, due_at, state, created_at)
    select id, profile_id, ${call.phone}, ${call.script}, ${call.reason}, ${call.dueAt}::timestamptz, 'open',
           ${call.at}::timestamptz
    from messages.messages where id = ${call.messageId} for key share
    on conflict (message_id) do nothing`.execute(db);
}

const COLUMNS = sql.raw(
  "message_id as id, profile_id, phone, reason, script, due_at, state, taken_by, outcome, note, done_by, done_at",
);

/** Open ones by their time, done ones newest first. Leans on calls_open. */
export async function listCalls(
  db: Db,
  state: "open" | "done",
  after: readonly [string, string] | null,
  limit: number,
): Promise<CallView[]> {
  if (state === "open") {
    const beyond = after === null ? sql`true` : sql`(due_at, message_id) > (${after[0]}, ${after[1]}::uuid)`;
    return rows(
      db,
      sql<CallView>`
        select ${COLUMNS} from messages.calls where state = 'open' and ${beyond} order by due_at, message_id limit ${limit}`,
    );
  }
  const before = after === null ? sql`true` : sql`(done_at, message_id) < (${after[0]}, ${after[1]}::uuid)`;
  return rows(
    db,
    sql<CallView>`
      select ${COLUMNS} from messages.calls where state = 'done' and ${before}
      order by done_at desc, message_id desc limit ${limit}`,
  );
}

export async function loadCall(db: Db, id: string): Promise<CallView | undefined> {
  return one(db, sql<CallView>`select ${COLUMNS} from messages.calls where message_id = ${id}`);
}

/** False when somebody else is on it, or it is done. A call taken an hour ago and not finished is free again. */
export async function takeCall(db: Db, id: string, who: string, now: string, stale: string): Promise<boolean> {
  const result = await sql`
    update messages.calls set taken_by = ${who}, taken_at = ${now}
    where message_id = ${id} and state = 'open' and (taken_by is null or taken_by = ${who} or taken_at < ${stale})`.execute(
    db,
  );
  return Number(result.numAffectedRows ?? 0) === 1;
}

export interface Finish {
  readonly id: string;
  readonly who: string;
  readonly outcome: CallOutcome;
  readonly note: string;
  readonly now: string;
  /** Set: it stays open, and is due then. */
  readonly again: string | null;
}

/** The call as it was before, when it was open and nobody else's; else undefined. */
export async function finishCall(db: Db, finish: Finish): Promise<CallView | undefined> {
  return one(
    db,
    sql<CallView>`
      update messages.calls
      set outcome = ${finish.outcome}, note = ${finish.note}, taken_by = null, taken_at = null,
          due_at = coalesce(${finish.again}::timestamptz, due_at),
          state = case when ${finish.again}::timestamptz is null then 'done' else 'open' end,
          done_by = case when ${finish.again}::timestamptz is null then ${finish.who} end,
          done_at = case when ${finish.again}::timestamptz is null then ${finish.now}::timestamptz end
      where message_id = ${finish.id} and state = 'open' and (taken_by is null or taken_by = ${finish.who})
      returning ${COLUMNS}`,
  );
}
