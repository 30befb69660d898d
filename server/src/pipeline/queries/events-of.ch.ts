import type { History } from "../../platform/history.ts";
import type { HistoryRow } from "../history-rows.ts";

export type EventPlace = Pick<HistoryRow, "timestamp" | "message_id" | "source" | "name">;

/** Oldest first. Leans on the order of `events` by profile. */
export function readEventsOf(
  history: History,
  {
    profileIds,
    after,
    limit,
  }: { readonly profileIds: readonly string[]; readonly after: EventPlace | null; readonly limit: number },
): Promise<HistoryRow[]> {
  return history.query<HistoryRow>(
    `select profile_id, timestamp, message_id, source, type, name, channel, touchpoint, historical, received_at, user_id,
       anonymous_id, properties, traits, context, order_id, revenue_minor, currency, batch
     from events where (profile_id in {ids:Array(UUID)} or person_id in {ids:Array(UUID)})
       ${after ? "and (timestamp, message_id, source, name) > ({at:DateTime64(3, 'UTC')}, {id:String}, {source:String}, {name:String})" : ""}
     order by timestamp, message_id, source, name limit {limit:UInt32}`,
    {
      ids: profileIds,
      limit,
      ...(after ? { at: after.timestamp, id: after.message_id, source: after.source, name: after.name } : {}),
    },
  );
}

export async function countEventsOf(history: History, profileIds: readonly string[]): Promise<number> {
  const [found] = await history.query<{ n: number }>(
    "select count() as n from events where profile_id in {ids:Array(UUID)} or person_id in {ids:Array(UUID)}",
    { ids: profileIds },
  );
  return found?.n ?? 0;
}

/** At once out of every answer; the bytes go when ClickHouse next merges the parts. */
export async function deleteEventsOf(history: History, profileIds: readonly string[]): Promise<void> {
  const ids = { ids: profileIds };
  await history.command(
    "delete from events where profile_id in {ids:Array(UUID)} or person_id in {ids:Array(UUID)}",
    ids,
  );
  await history.command(
    "delete from profile_overrides where from_id in {ids:Array(UUID)} or into_id in {ids:Array(UUID)}",
    ids,
  );
}
