import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { Channel } from "../content/kinds.ts";

export interface CancelledMessage {
  readonly id: string;
  readonly channel: Channel;
  readonly profile_id: string | null;
  readonly template_id: string | null;
  readonly journey_id: string | null;
}

/**
 * Takes back what the runs have not sent yet: a waiting message is skipped at once, one under way is marked, so that
 * its worker gives it up before handing it over. Leans on messages_run.
 */
export async function cancelMessages(db: Db, runIds: readonly string[], reason: string): Promise<CancelledMessage[]> {
  return rows(
    db,
    sql<CancelledMessage>`
      with marked as (
        update messages.messages
        set status = case status when 'queued' then 'skipped' else status end,
            reason = case status when 'queued' then ${reason} else reason end,
            cancel_reason = ${reason}, held = false
        where run_id = any(${list("uuid", runIds)}) and status in ('queued', 'sending')
        returning id, channel, profile_id, template_id, journey_id, status
      )
      select id, channel, profile_id, template_id, journey_id from marked where status = 'skipped'`,
  );
}

/** Holds back, or lets go, what a journey has not handed over yet. */
export async function holdMessages(db: Db, journeyId: string, isHeld: boolean): Promise<void> {
  await sql`
    update messages.messages set held = ${isHeld}
    where journey_id = ${journeyId} and status in ('queued', 'sending') and held <> ${isHeld}`.execute(db);
}
