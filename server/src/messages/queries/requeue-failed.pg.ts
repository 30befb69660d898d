import { one, sql, type Tx } from "../../platform/db.ts";

/** Puts a failed message back into its queue with all its tries; undefined when it has not failed, or its text is gone. */
export async function requeueFailed(
  tx: Tx,
  id: string,
  now: string,
): Promise<{ readonly broadcast_id: string | null; readonly was: string } | undefined> {
  return one(
    tx,
    sql<{ broadcast_id: string | null; was: string }>`
      with failed as (
        select id, status from messages.messages
        where id = ${id} and status in ('failed', 'bounced') and (template_id is not null or content is not null) for update
      )
      update messages.messages m
      set status = 'queued', reason = null, claim = null, attempts = 0, due_at = ${now}, handed_at = ${now}, held = false
      from failed where m.id = failed.id returning m.broadcast_id, failed.status as was`,
  );
}
