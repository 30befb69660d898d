/**
 * Everybody's events of some names under the person they belong to now. Overrides say into whom a profile was merged,
 * one step at a time; three doublings follow chains of up to eight merges. Events of nobody (stock, unknown till
 * customers) carry the nil id and are left out. Skip index events_name.
 */
const NIL = "toUUID('00000000-0000-0000-0000-000000000000')";
const ONE_STEP = "select from_id, argMax(into_id, version) as into_id from profile_overrides group by from_id";

function doubled(steps: string): string {
  return `
    select a.from_id as from_id, if(b.from_id = ${NIL}, a.into_id, b.into_id) as into_id
    from (${steps}) as a left any join (${steps}) as b on a.into_id = b.from_id`;
}

export const PEOPLE_EVENTS = `
  select if(overrides.from_id = ${NIL}, events.profile_id, overrides.into_id) as person,
    toUnixTimestamp64Milli(events.timestamp) as at, events.name as name, events.channel as channel, events.properties as properties
  from events
  left any join (${doubled(doubled(doubled(ONE_STEP)))}) as overrides on events.profile_id = overrides.from_id
  where events.name in {names:Array(String)} and events.profile_id != ${NIL}`;
