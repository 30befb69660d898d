import type { History } from "../../platform/history.ts";
import { IN_PERIOD, JOIN_PERSON, NOBODY, PERSON, type Period } from "./person.ts";

export interface EventCount {
  readonly name: string;
  readonly type: string;
  readonly count: number;
  readonly people: number;
  readonly first_at: string;
  readonly last_at: string;
}

/** How often each event happened, to how many people, first and last when. */
export async function countEvents(history: History, period: Period, channel: string | null): Promise<EventCount[]> {
  return history.query(
    `select name, type, count() as count, uniqExactIf(${PERSON}, profile_id != ${NOBODY}) as people,
       min(timestamp) as first_at, max(timestamp) as last_at
     from events ${JOIN_PERSON}
     where ${IN_PERIOD} and (channel = {channel:String} or {channel:String} = '')
     group by name, type order by count desc, name limit 1000`,
    { ...period, channel: channel ?? "" },
  );
}
