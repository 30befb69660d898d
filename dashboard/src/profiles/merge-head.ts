import type { Page } from "../api/http.ts";
import type { TimelineEvent } from "./wire.ts";

/**
 * The loaded pages with a freshly read first page worked in: what is new stands at its time, nothing stands
 * twice. When the new page does not reach back to what was loaded (more came in than fits one page), the
 * list starts again from it, for between the two there is a gap.
 */
export function mergeHead(pages: readonly Page<TimelineEvent>[], head: Page<TimelineEvent>): Page<TimelineEvent>[] {
  const loaded = new Set(pages.flatMap((page) => page.items.map((item) => item.message_id)));
  const fresh = head.items.filter((item) => !loaded.has(item.message_id));
  const [first, ...others] = pages;
  const isGap = head.next !== null && fresh.length === head.items.length && loaded.size > 0;
  if (!first || isGap) return [head];
  if (fresh.length === 0) return [...pages];
  const items = [...fresh, ...first.items].sort((a, b) => b.timestamp.localeCompare(a.timestamp));
  return [{ ...first, items }, ...others];
}
