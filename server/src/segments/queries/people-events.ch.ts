import { AMOUNT_COLUMNS } from "../compile/properties.ts";

const NIL = "toUUID('00000000-0000-0000-0000-000000000000')";

/**
 * Everybody's events, as far as they are asked for, under the person they belong to now: overrides say so until a merge
 * is written into the rows. Events of nobody (stock, unknown till customers) carry the nil id and are left out.
 */
export function peopleEvents(asked: string): string {
  return `
  select if(overrides.from_id = ${NIL}, events.person_id, overrides.into_id) as person,
    toUnixTimestamp64Milli(events.timestamp) as at, events.name as name, events.channel as channel, events.properties as properties,
    ${AMOUNT_COLUMNS}
  from events
  left any join (
    select from_id, argMax(into_id, version) as into_id from profile_overrides group by from_id
  ) as overrides on events.person_id = overrides.from_id
  where ${asked} and events.profile_id != ${NIL}`;
}

/** The same for all there are of some names. */
export const PEOPLE_EVENTS = peopleEvents("events.name in {names:Array(String)}");
