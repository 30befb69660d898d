import type { JsonObject } from "../../platform/json.ts";
import type { ReadEventsDeps } from "../explain/read-events.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import type { Block, Entry } from "../predicates/series.ts";
import { pastRowsOf } from "../queries/entries-of-person.ch.ts";
import type { PersonEventRow } from "../queries/events-of-person.ch.ts";
import type { KeptPredicate } from "../registry.ts";

/**
 * The entries of a block, from History and from what is on its way there. That is read first: what is shipped in between
 * is then met twice and counted once, never missed.
 */
export async function readEntries(
  deps: ReadEventsDeps,
  profileId: string,
  { predicate }: KeptPredicate,
  [from, to]: Block,
): Promise<Entry[]> {
  const places = await deps.placesOf(deps.db, profileId);
  const own = new Set(places.ids);
  const isMeant = ({ name, timestamp }: PersonEventRow) =>
    predicate.names.includes(name) && Date.parse(timestamp) >= from && Date.parse(timestamp) <= to;
  const onTheWay = (await deps.unshippedOf(deps.db, places.ids)).filter(
    (row) => own.has(row.profile_id) && isMeant(row),
  );
  const shipped = await pastRowsOf(deps.history, places, {
    names: predicate.names,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });
  const byId = new Map([...shipped, ...onTheWay].map((row) => [`${row.message_id} ${row.timestamp} ${row.name}`, row]));
  const entries = [...byId.values()].flatMap((row) => (predicate.of(toEvent(row)) ?? []) as unknown as Entry[]);
  return entries.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function toEvent({ name, channel, timestamp, properties }: PersonEventRow): PastEvent {
  const known = JSON.parse(properties) as JsonObject;
  return { name, channel: channel as PastEvent["channel"], properties: known, at: Date.parse(timestamp) };
}
