import { type Db, list, rows, sql } from "../../platform/db.ts";

/** What became of the newest message that a journey's run has sent at a node. */
export interface Reaction {
  readonly status: string;
  readonly opened_at: string | null;
  readonly clicked_at: string | null;
  readonly ordered_at: string | null;
}

/** By `run node`; runs that have sent nothing there are absent. Index messages_of_run. */
export async function readReactions(
  db: Db,
  asked: readonly { readonly runId: string; readonly node: string }[],
): Promise<Map<string, Reaction>> {
  if (asked.length === 0) return new Map();
  const found = await rows(
    db,
    sql<Reaction & { run_id: string; node: string }>`
      select distinct on (run_id, node) run_id, node, status, opened_at, clicked_at, ordered_at
      from messages.messages where run_id = any(${list("uuid", [...new Set(asked.map(({ runId }) => runId))])})
      order by run_id, node, created_at desc, id desc`,
  );
  return new Map(found.map(({ run_id, node, ...reaction }) => [`${run_id} ${node}`, reaction]));
}

/** Template by channel; of several for one channel the first counts. */
export async function channelsOf(db: Db, templateIds: readonly string[]): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{ id: string; channel: string }>`
      select id, channel from messages.templates where id = any(${list("uuid", templateIds)})`,
  );
  const channels = new Map<string, string>();
  for (const id of templateIds) {
    const channel = found.find((row) => row.id === id)?.channel;
    if (channel !== undefined && !channels.has(channel)) channels.set(channel, id);
  }
  return channels;
}
