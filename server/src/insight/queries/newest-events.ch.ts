import type { History } from "../../platform/history.ts";
import { JOIN_PERSON, NOBODY, PERSON } from "./person.ts";

export interface NewestEvent {
  readonly message_id: string;
  readonly event: string;
  readonly timestamp: string;
  readonly channel: string;
  readonly profile_id: string | null;
}

/** The events that happened last, whenever they came in. */
export async function newestEvents(history: History, limit: number): Promise<NewestEvent[]> {
  return history.query(
    `select message_id, name as event, timestamp, channel, if(person = ${NOBODY}, null, person) as profile_id
     from (
       select message_id, name, timestamp, channel, ${PERSON} as person
       from (
         select message_id, name, timestamp, channel, person_id from events where bot = 0 order by timestamp desc limit {limit:UInt32}
       ) as events ${JOIN_PERSON}
     ) as newest order by timestamp desc`,
    { limit },
  );
}
