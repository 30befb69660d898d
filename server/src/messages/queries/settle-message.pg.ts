import { type Db, list, sql } from "../../platform/db.ts";
import type { MessageStatus } from "../contracts.ts";

export interface Settlement {
  readonly id: string;
  readonly claim: string;
  readonly status: MessageStatus;
  readonly reason: string | null;
  readonly at: string;
  readonly accountId: string | null;
  readonly providerId: string | null;
}

/** Writes a message's end; false when another worker has the claim by now, so that nothing is told twice. */
export async function settleMessage(db: Db, end: Settlement): Promise<boolean> {
  const result = await sql`
    update messages.messages
    set status = ${end.status}, reason = ${end.reason}, claim = null, content = null,
        account_id = ${end.accountId}, provider_id = ${end.providerId},
        sent_at = case when ${end.status} = 'sent' then ${end.at}::timestamptz end
    where id = ${end.id} and claim = ${end.claim} and status = 'sending'`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** Puts a message back for another try at `dueAt`. */
export async function putBack(db: Db, message: Pick<Settlement, "id" | "claim" | "reason"> & { dueAt: string }) {
  await sql`
    update messages.messages set status = 'queued', claim = null, reason = ${message.reason}, due_at = ${message.dueAt}
    where id = ${message.id} and claim = ${message.claim} and status = 'sending'`.execute(db);
}

/** Gives back what was claimed and not begun. */
export async function unclaim(db: Db, claim: string, ids: readonly string[], now: string): Promise<void> {
  await sql`
    update messages.messages set status = 'queued', claim = null, due_at = ${now}, attempts = attempts - 1
    where id = any(${list("uuid", ids)}) and claim = ${claim} and status = 'sending'`.execute(db);
}
