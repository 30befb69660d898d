import { type Db, one, sql, type Tx } from "../../platform/db.ts";

export interface HandOver {
  readonly id: string;
  readonly claim: string;
  readonly now: string;
  readonly leaseUntil: string;
  readonly address: string;
  readonly subject: string | null;
  readonly language: string | null;
  readonly templateVersion: number | null;
}

/**
 * The last step before the provider: true while the claim still holds and nobody has cancelled or held the message
 * since. From here on the outcome is the provider's.
 */
export async function handOver(db: Db, message: HandOver): Promise<boolean> {
  const result = await sql`
    update messages.messages
    set handed_at = ${message.now}, due_at = ${message.leaseUntil}, address = ${message.address},
        subject = ${message.subject}, language = ${message.language}, template_version = ${message.templateVersion}
    where id = ${message.id} and claim = ${message.claim} and status = 'sending'
      and cancel_reason is null and not held`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/**
 * Whether this message would go over the cap: what has been handed over to the person since then, sent or under way,
 * counts. Two messages of one person ask one after the other, so that they cannot both be the last one allowed.
 */
export async function isOverCap(
  tx: Tx,
  message: { id: string; profileId: string; channel: string },
  cap: { messages: number; since: string },
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`messages.cap:${message.profileId}`}, 0))`.execute(tx);
  const found = await one(
    tx,
    sql<{ n: number }>`
      select count(*)::int4 as n from messages.messages
      where profile_id = ${message.profileId} and channel = ${message.channel} and purpose = 'marketing'
        and status in ('sending', 'sent') and handed_at > ${cap.since} and id <> ${message.id}`,
  );
  return (found?.n ?? 0) >= cap.messages;
}
