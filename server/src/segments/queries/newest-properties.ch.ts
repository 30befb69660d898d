import type { History } from "../../platform/history.ts";

/** The properties of the newest events of a name, as JSON text. Skip index events_name. */
export async function newestProperties(history: History, event: string, most: number): Promise<string[]> {
  const found = await history.query<{ properties: string }>(
    `select properties from events where name = {event:String} and bot = 0
     order by received_at desc limit {most:UInt32}`,
    { event, most },
  );
  return found.map((row) => row.properties);
}
