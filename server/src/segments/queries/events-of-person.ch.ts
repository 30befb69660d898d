import type { History } from "../../platform/history.ts";
import { type PlacesOfPerson, ROWS_OF_PERSON } from "./fill-states.ch.ts";

export interface PersonEventRow {
  readonly message_id: string;
  readonly name: string;
  readonly timestamp: string;
  readonly channel: string;
  /** JSON. */
  readonly properties: string;
}

/** One person's events of some names, newest first, under whatever ids they were shipped. Leans on the order of `events`. */
export function eventsOfPerson(
  history: History,
  places: PlacesOfPerson,
  names: readonly string[],
  limit: number,
): Promise<PersonEventRow[]> {
  return history.query<PersonEventRow>(
    `select message_id, name, timestamp, channel, properties from events
     where ${ROWS_OF_PERSON} and name in {names:Array(String)}
     order by timestamp desc, message_id desc limit {limit:UInt32}`,
    { ...places, names, limit },
  );
}
