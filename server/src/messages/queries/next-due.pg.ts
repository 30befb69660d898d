import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { Channel } from "../content/kinds.ts";

/** A queue of messages: what waits in one lane for one channel. */
export interface Queue {
  readonly lane: number;
  readonly channel: Channel;
}

export interface DueQueue extends Queue {
  /** When its next message is due. */
  readonly at: string;
}

/** The queues in which anything waits, with when it is due. One look per queue at the head of messages_due. */
export async function nextDue(db: Db, queues: readonly Queue[]): Promise<DueQueue[]> {
  return rows(
    db,
    sql<DueQueue>`
      select queues.lane, queues.channel, head.due_at as at
      from unnest(${list(
        "int4",
        queues.map(({ lane }) => lane),
      )}, ${list(
        "text",
        queues.map(({ channel }) => channel),
      )}) as queues (lane, channel)
      cross join lateral (
        select due_at from messages.messages m
        where m.lane = queues.lane and m.channel = queues.channel and status in ('queued', 'sending') and not held
        order by due_at limit 1
      ) as head
      order by head.due_at`,
  );
}
