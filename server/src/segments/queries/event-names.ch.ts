import type { History } from "../../platform/history.ts";

export const MOST_NAMES = 500;

/** The most frequent names of events, with their number. */
export async function eventNames(history: History): Promise<{ name: string; count: number }[]> {
  return await history.query(
    `select name, toUInt32(count()) as count from events where bot = 0 group by name
     order by count desc, name limit {most:UInt32}`,
    { most: MOST_NAMES },
  );
}
