import type { History } from "../../platform/history.ts";
import type { PersonEventRow } from "./events-of-person.ch.ts";
import { type PlacesOfPerson, ROWS_OF_PERSON } from "./fill-states.ch.ts";

/** One person's events of some names between two instants, both included. Order of `events`: profile, then time. */
export async function pastRowsOf(
  history: History,
  places: PlacesOfPerson,
  given: { readonly names: readonly string[]; readonly from: string; readonly to: string },
): Promise<PersonEventRow[]> {
  return await history.query<PersonEventRow>(
    `select message_id, timestamp, name, channel, properties from events
     where ${ROWS_OF_PERSON} and name in {names:Array(String)}
       and timestamp between {from:DateTime64(3, 'UTC')} and {to:DateTime64(3, 'UTC')}`,
    { ...places, ...given },
  );
}
