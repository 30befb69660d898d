import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { MessageStatus } from "../contracts.ts";

/** What became of a message this worker had claimed. */
export interface Ending {
  readonly id: string;
  readonly claim: string;
  readonly status: MessageStatus;
  readonly reason: string | null;
  readonly subject: string | null;
  readonly accountId: string | null;
  readonly providerId: string | null;
}

/**
 * Writes the ends of messages; of those made already that were given up, what stands in lists keeps its text, to be sent
 * again: a code has none to show. Gives those that were still this worker's, so that nothing is told twice, with the
 * person each is about by now: a merge has moved it, or waits for us. Leans on the primary key.
 */
export async function settleMessages(db: Db, ends: readonly Ending[], at: string): Promise<Map<string, string | null>> {
  if (ends.length === 0) return new Map();
  const column = <K extends keyof Ending>(key: K) => ends.map((end) => end[key]);
  const settled = await rows(
    db,
    sql<{ id: string; profile_id: string | null }>`
      update messages.messages m
      set status = ending.status, reason = ending.reason, subject = coalesce(ending.subject, m.subject), claim = null,
          content = case when ending.status in ('failed', 'bounced') and m.subject is not null then m.content end,
          account_id = ending.account_id, provider_id = ending.provider_id,
          sent_at = case when ending.status = 'sent' then ${at}::timestamptz end
      from unnest(${list("uuid", column("id"))}, ${list("uuid", column("claim"))}, ${list("text", column("status"))},
                  ${list("text", column("reason"))}, ${list("text", column("subject"))},
                  ${list("uuid", column("accountId"))}, ${list("text", column("providerId"))})
        as ending (id, claim, status, reason, subject, account_id, provider_id)
      where m.id = ending.id and m.claim = ending.claim and m.status = 'sending'
      returning m.id, m.profile_id`,
  );
  return new Map(settled.map(({ id, profile_id }) => [id, profile_id]));
}

export interface Return {
  readonly id: string;
  readonly claim: string;
  readonly reason: string | null;
  readonly dueAt: string;
  /** Whether this try counts: not when the provider never heard of the message. */
  readonly counts: boolean;
}

/** Puts messages back for another try at their time. */
export async function putBack(db: Db, returns: readonly Return[]): Promise<void> {
  if (returns.length === 0) return;
  const column = <K extends keyof Return>(key: K) => returns.map((one) => one[key]);
  await sql`
    update messages.messages m
    set status = 'queued', claim = null, reason = back.reason, due_at = back.due_at,
        attempts = m.attempts - case when back.counts then 0 else 1 end
    from unnest(${list("uuid", column("id"))}, ${list("uuid", column("claim"))}, ${list("text", column("reason"))},
                ${list("timestamptz", column("dueAt"))}, ${list("bool", column("counts"))})
      as back (id, claim, reason, due_at, counts)
    where m.id = back.id and m.claim = back.claim and m.status = 'sending'`.execute(db);
}

/** Lengthens a lease; false when it is another worker's by now or the message is not to be sent any more. */
export async function renewLease(
  db: Db,
  message: { readonly id: string; readonly claim: string; readonly leaseUntil: string },
): Promise<boolean> {
  const result = await sql`
    update messages.messages set due_at = ${message.leaseUntil}
    where id = ${message.id} and claim = ${message.claim} and status = 'sending'
      and cancel_reason is null and not held`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}
