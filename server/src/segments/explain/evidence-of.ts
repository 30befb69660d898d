import type { Json, JsonObject } from "../../platform/json.ts";
import type { DidCondition, EventFilter, Evidence, Leaf } from "../contracts.ts";
import { spanOf, zoneOf } from "../predicates/calendar.ts";
import { matches } from "../predicates/event-filter.ts";
import { computedOf, DAYS_SINCE, type Facts, kmAway } from "../predicates/profile-predicate.ts";
import { namesOfSequence } from "../predicates/sequence.ts";
import { checkedWindowMs } from "../predicates/times.ts";
import { SUM_SCALE, scaledOf, valuesAt } from "../predicates/values.ts";
import type { ListedRow } from "../queries/load-listed.pg.ts";
import { MOST_EVENTS, type TimedEvent } from "./read-events.ts";

/** What is known of one person beside the events. */
export interface Known {
  readonly facts: Facts;
  /** The lists asked for, by id. */
  readonly lists: ReadonlyMap<string, ListedRow>;
  /** Null when History could not be asked. */
  readonly events: readonly TimedEvent[] | null;
  readonly now: number;
}

const SHOWN_EVENTS = 5;
const SHOWN_VALUES = 10;
const LONGEST_TEXT = 200;

/** The names of the events by which a leaf is decided. */
export function namesOf(leaf: Leaf | null): string[] {
  if (leaf === null) return [];
  if ("sequence" in leaf) return namesOfSequence(leaf);
  if ("not_followed_by" in leaf) return [leaf.did, ...leaf.not_followed_by];
  if ("more_often_than" in leaf) return [leaf.did, leaf.more_often_than.did];
  return "did" in leaf ? [leaf.did] : [];
}

/** The events or values that decide a leaf, with their times; null where there is nothing to show. */
export function evidenceOf(leaf: Leaf | null, known: Known): Evidence | null {
  if (leaf === null) return null;
  if ("trait" in leaf) return values(leaf.trait, known.facts.traits);
  // Of days since a moment it is the moment that tells.
  if ("computed" in leaf) return values(DAYS_SINCE[leaf.computed] ?? leaf.computed, computedOf(known.facts));
  if ("consent" in leaf) {
    const purpose = leaf.purpose ?? "marketing";
    const entry = known.facts.consent[leaf.consent]?.[purpose];
    return { kind: "consent", state: entry?.state ?? "unknown", at: entry?.at ?? null, source: entry?.source ?? null };
  }
  if ("in_list" in leaf) {
    const list = known.lists.get(leaf.in_list);
    const { name, added_at = null } = list ?? { name: "" };
    return { kind: "list", list: { id: leaf.in_list, name }, added_at };
  }
  if ("near" in leaf) {
    const away = kmAway(known.facts, leaf.near);
    return { kind: "place", km: away === null ? null : Math.round(away * 10) / 10 };
  }
  if (namesOf(leaf).length === 0 || known.events === null) return null;
  return events(leaf, known.events, known.now);
}

function events(leaf: Leaf, all: readonly TimedEvent[], now: number): Evidence {
  const filters = filtersOf(leaf);
  const enders: readonly string[] = "not_followed_by" in leaf ? leaf.not_followed_by : [];
  const isInside = insideOf(leaf, now);
  const fitting = all.filter(
    (event) => enders.includes(event.name) || filters.some((filter) => matches(filter, event)),
  );
  const inside = fitting.filter((event) => !enders.includes(event.name) && isInside(event));
  const sum = "sum" in leaf ? leaf.sum : undefined;
  const isOldestWanted = "first" in leaf && leaf.first !== undefined;
  const shown = isOldestWanted ? fitting.slice(-1) : fitting.slice(0, SHOWN_EVENTS);
  return {
    kind: "events",
    found: inside.length,
    // Beyond what was looked at there may be more.
    more: all.length >= MOST_EVENTS,
    sum:
      sum === undefined ? null : inside.reduce((total, event) => total + amountOf(event, sum.property), 0) / SUM_SCALE,
    events: shown.map((event) => ({
      message_id: event.messageId,
      event: event.name,
      timestamp: event.timestamp,
      channel: event.channel,
      counts: inside.includes(event),
      properties: Object.fromEntries(
        propertiesAsked(leaf, event).flatMap((name) => {
          const found = valuesAt(event.properties, name).slice(0, SHOWN_VALUES).map(short);
          return found.length === 0 ? [] : [[name, found.length === 1 ? (found[0] ?? null) : found]];
        }),
      ),
    })),
  };
}

/** Whether an event lies in the leaf's window. */
function insideOf(leaf: Leaf, now: number): (event: TimedEvent) => boolean {
  const { within, during, zone } = leaf as Partial<DidCondition>;
  if (within !== undefined) return (event) => event.at > now - checkedWindowMs(within);
  if (during === undefined) return () => true;
  const { from, to } = spanOf(during, zoneOf({ zone }), now);
  return (event) => event.at >= from && event.at < to;
}

function filtersOf(leaf: Leaf): readonly EventFilter[] {
  if ("sequence" in leaf) return leaf.sequence;
  return "more_often_than" in leaf ? [leaf, leaf.more_often_than] : [leaf as DidCondition];
}

function propertiesAsked(leaf: Leaf, event: TimedEvent): string[] {
  const asked = filtersOf(leaf)
    .filter((filter) => filter.did === event.name)
    .flatMap((filter) => (filter.where ?? []).map((test) => test.property));
  return [...new Set("sum" in leaf && leaf.sum ? [...asked, leaf.sum.property] : asked)];
}

function amountOf(event: TimedEvent, property: string): number {
  return valuesAt(event.properties, property).reduce<number>((total, value) => total + (scaledOf(value) ?? 0), 0);
}

function values(name: string, root: JsonObject): Evidence {
  return {
    kind: "values",
    values: valuesAt(root, name)
      .slice(0, SHOWN_VALUES)
      .map((value) => ({ name, value: short(value) })),
  };
}

/** As text when it is long or nested. */
function short(value: Json): string | number | boolean | null {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
