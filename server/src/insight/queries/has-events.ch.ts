import type { History } from "../../platform/history.ts";

/** Whether History holds anything at all; answered from the table's metadata. */
export async function hasEvents(history: History): Promise<boolean> {
  const [row] = await history.query<{ n: number }>("select count() as n from events");
  return (row?.n ?? 0) > 0;
}
