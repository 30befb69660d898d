import { type Db, sql } from "../../platform/db.ts";

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
