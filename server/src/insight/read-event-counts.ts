import type { EventCounts, EventCountsQuery } from "./contracts.ts";
import { periodOf } from "./period.ts";
import { countEvents } from "./queries/count-events.ch.ts";
import type { InsightDeps } from "./read-overview.ts";

/** Which events there are, and how often. */
export async function readEventCounts(
  { history, clock }: InsightDeps,
  { days, channel }: EventCountsQuery,
): Promise<EventCounts> {
  const items = await countEvents(history, periodOf(clock, days), channel ?? null);
  return { total: items.reduce((sum, item) => sum + item.count, 0), items };
}
