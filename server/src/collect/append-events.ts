import type { Db } from "../platform/db.ts";
import type { KilimEvent } from "./contracts.ts";
import { insertInbox, pack, shardOf, shardOfSender } from "./inbox.ts";

/**
 * Writes our own rooms' events in the transaction that made them true. Wake the inbox after its commit. A load of many
 * events of few people names their `sender`: all of a person's devices then share a shard, and no two wait for them.
 */
export async function append(
  tx: Db,
  events: readonly KilimEvent[],
  sender?: (event: KilimEvent) => string,
): Promise<void> {
  if (events.length === 0) return;
  const byShard = new Map<number, string[]>();
  for (const event of events) {
    addTo(byShard, sender ? shardOfSender(sender(event)) : shardOf(event), JSON.stringify(event));
  }
  await insertInbox(tx, pack(byShard), events[0]?.receivedAt ?? "");
}

export function addTo(byShard: Map<number, string[]>, shard: number, text: string): void {
  const texts = byShard.get(shard);
  if (texts) texts.push(text);
  else byShard.set(shard, [text]);
}
