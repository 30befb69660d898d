import { type Places, ROWS_OF_PERSON } from "../../identity/index.ts";
import type { History } from "../../platform/history.ts";
import type { HistoryRow } from "../history-rows.ts";

export type EventPlace = Pick<HistoryRow, "timestamp" | "message_id" | "source" | "name">;

/** Oldest first. Leans on the order of `events` by profile. */
export function readEventsOf(
  history: History,
  places: Places,
  { after, limit }: { readonly after: EventPlace | null; readonly limit: number },
): Promise<HistoryRow[]> {
  return history.query<HistoryRow>(
    `select profile_id, timestamp, message_id, source, type, name, channel, touchpoint, historical, received_at, user_id,
       anonymous_id, properties, traits, context, order_id, revenue_minor, currency, batch
     from events where ${ROWS_OF_PERSON}
       ${after ? "and (timestamp, message_id, source, name) > ({at:DateTime64(3, 'UTC')}, {id:String}, {source:String}, {name:String})" : ""}
     order by timestamp, message_id, source, name limit {limit:UInt32}`,
    {
      ...places,
      limit,
      ...(after ? { at: after.timestamp, id: after.message_id, source: after.source, name: after.name } : {}),
    },
  );
}

export async function countEventsOf(history: History, places: Places): Promise<number> {
  const [found] = await history.query<{ n: number }>(`select count() as n from events where ${ROWS_OF_PERSON}`, {
    ...places,
  });
  return found?.n ?? 0;
}

/** At once out of every answer; the bytes go when ClickHouse next merges the parts. */
export async function deleteEventsOf(history: History, places: Places): Promise<void> {
  await history.command(`delete from events where ${ROWS_OF_PERSON}`, { ...places });
  await history.command(
    "delete from profile_overrides where from_id in {ids:Array(UUID)} or into_id in {ids:Array(UUID)}",
    { ids: places.ids },
  );
}
