import type { History } from "../../platform/history.ts";

export interface SeenEvent {
  readonly name: string;
  readonly n: number;
  readonly last_at: string;
}

/** What our own rooms write does not come in by the door, and needs no plan. */
const OUR_ROOMS = "('segments', 'journeys', 'messages', 'lists', 'profiles', 'inventory', 'unsubscribe_link')";

/** Names of events received since, with how many and the last. */
export async function seenEvents(history: History, since: string): Promise<SeenEvent[]> {
  return history.query(
    `select name, count() as n, max(received_at) as last_at from events
     where received_at >= {since:DateTime64(3)} and source not in ${OUR_ROOMS}
     group by name order by n desc, name limit 1000`,
    { since },
  );
}

export interface Sample {
  readonly message_id: string;
  readonly type: string;
  readonly properties: string;
  readonly traits: string;
}

/** The newest events of a name. Parts whose every event is older than `since` are not opened. */
export async function newestOf(history: History, name: string, since: string, limit: number): Promise<Sample[]> {
  return history.query(
    `select message_id, type, properties, traits from events
     where name = {name:String} and received_at >= {since:DateTime64(3)} order by received_at desc limit {limit:UInt32}`,
    { name, since, limit },
  );
}
