import type { Db } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import { eventsOfPerson, type PersonEventRow } from "../queries/events-of-person.ch.ts";
import type { PlacesOfPerson } from "../queries/fill-states.ch.ts";

export interface ReadEventsDeps {
  readonly db: Db;
  readonly history: History;
  readonly placesOf: (db: Db, profileId: string) => Promise<PlacesOfPerson>;
  /** Rows on their way to History that concern these profiles. */
  readonly unshippedOf: (
    db: Db,
    profileIds: readonly string[],
  ) => Promise<readonly (PersonEventRow & { readonly profile_id: string })[]>;
}

export type TimedEvent = PastEvent & { readonly messageId: string; readonly timestamp: string };

/** More of one person's events are not looked at: what decides is nearly always among the newest. */
export const MOST_EVENTS = 2_000;

/** The newest events of these names, newest first: History's, and those on their way there. */
export async function readEvents(
  deps: ReadEventsDeps,
  profileId: string,
  names: readonly string[],
): Promise<TimedEvent[]> {
  if (names.length === 0) return [];
  const places = await deps.placesOf(deps.db, profileId);
  const known = new Set(places.ids);
  const wanted = new Set(names);
  // The outbox first: what is shipped in between is found twice and kept once, never missed.
  const onTheWay = (await deps.unshippedOf(deps.db, places.ids)).filter(
    (row) => known.has(row.profile_id) && wanted.has(row.name),
  );
  const shipped = await eventsOfPerson(deps.history, places, names, MOST_EVENTS);
  const byId = new Map<string, PersonEventRow>();
  for (const row of [...shipped, ...onTheWay]) byId.set(`${row.message_id} ${row.timestamp} ${row.name}`, row);
  return [...byId.values()]
    .sort((a, b) => (a.timestamp === b.timestamp ? 0 : a.timestamp < b.timestamp ? 1 : -1))
    .map((row) => ({
      messageId: row.message_id,
      name: row.name,
      timestamp: row.timestamp,
      at: Date.parse(row.timestamp),
      channel: row.channel as TimedEvent["channel"],
      properties: JSON.parse(row.properties) as JsonObject,
    }));
}
