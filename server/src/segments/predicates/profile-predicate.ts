import { createHash } from "node:crypto";
import { kilometresBetween, type Place } from "../../platform/distance.ts";

import type { Json, JsonObject } from "../../platform/json.ts";
import { isJsonObject } from "../../platform/json.ts";
import type { Profile } from "../../profiles/contracts.ts";
import type {
  CalendarTest,
  ComputedCondition,
  ConsentCondition,
  InListCondition,
  NearCondition,
  RandomCondition,
  RelativeTest,
  TraitCondition,
  ValueTest,
} from "../contracts.ts";
import { ALWAYS, NEVER, type Verdict } from "./event-predicate.ts";
import { passesCalendar, passesNow } from "./relative.ts";
import { DAY_MS, instantOf } from "./times.ts";
import { numberOf, passes, valuesAt } from "./values.ts";

/** What a person is known by, as far as conditions ask for it. */
export type Facts = Pick<Profile, "id" | "traits" | "computed" | "consent" | "first_seen" | "last_seen">;

/** A leaf that is answered from the profile itself; it keeps no state of its own. */
export interface ProfilePredicate {
  /** Names as in `Batch.changed` that make it worth asking again; "seen" stands for any event of the person, "appeared" for the first. */
  readonly listens: readonly string[];
  readonly listId: string | null;
  evaluate(facts: Facts, lists: ReadonlySet<string>, now: number): Verdict;
}

export function traitPredicate(condition: TraitCondition): ProfilePredicate {
  return {
    listens: namesOf("trait", condition.trait),
    listId: null,
    evaluate: (facts, _lists, now) => test(valuesAt(facts.traits, condition.trait), condition, now),
  };
}

export function computedPredicate(condition: ComputedCondition): ProfilePredicate {
  const days = DAYS_SINCE[condition.computed];
  const name = days ?? condition.computed;
  return {
    listens: name === "first_seen" || name === "last_seen" ? ["seen"] : listensOf(name),
    listId: null,
    evaluate(facts, _lists, now) {
      const values = valuesAt(computedOf(facts), name);
      return days === undefined ? test(values, condition, now) : daysSinceNow(values, condition, now);
    },
  };
}

/** Numbers of whole days (of 24 hours) that have passed since a moment. */
export const DAYS_SINCE: Readonly<Record<string, string | undefined>> = {
  days_since_first_order: "first_order_at",
  days_since_last_order: "last_order_at",
  days_since_first_seen: "first_seen",
  days_since_last_seen: "last_seen",
};

function listensOf(name: string): string[] {
  return name === "average_order" ? ["computed:orders", "computed:revenue"] : namesOf("computed", name);
}

/** What Kilim computes of a person, by the names that conditions use. */
export function computedOf(facts: Facts): JsonObject {
  const { orders, revenue } = facts.computed;
  return {
    ...(facts.computed as unknown as JsonObject),
    average_order: orders > 0 ? Math.round(revenue / orders) : null,
    first_seen: facts.first_seen,
    last_seen: facts.last_seen,
  };
}

/** The number grows by one a day; the answer holds until it comes to a number that the test tells apart. */
function daysSinceNow(moments: readonly Json[], condition: ComputedCondition, now: number): Verdict {
  const at = typeof moments[0] === "string" ? instantOf(moments[0]) : null;
  const days = at === null ? null : Math.floor((now - at) / DAY_MS);
  const answer = (number: number | null) => test(number === null ? [] : [number], condition, now).holds;
  const holds = answer(days);
  if (at === null || days === null || !("value" in condition)) return { holds, until: null };
  const turns = [condition.value]
    .flat()
    .flatMap((value) => (typeof value === "number" ? [Math.ceil(value), Math.floor(value) + 1] : []))
    .filter((number) => number > days && answer(number) !== holds);
  return { holds, until: turns.length === 0 ? null : at + Math.min(...turns) * DAY_MS };
}

/** Everybody has a place between 0 and 1 that hangs on the seed and their id alone; the lowest places are in. */
export function randomPredicate({ random }: RandomCondition): ProfilePredicate {
  return {
    listens: ["appeared"],
    listId: null,
    evaluate: ({ id }) => (placeIn(random.seed, id) < random.percent / 100 ? ALWAYS : NEVER),
  };
}

function placeIn(seed: string, profileId: string): number {
  return createHash("sha256").update(`${seed}:${profileId}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** No word on a channel is "unknown": neither granted nor denied. */
export function consentPredicate(condition: ConsentCondition): ProfilePredicate {
  return {
    listens: [`consent:${condition.consent}`],
    listId: null,
    evaluate(facts) {
      const choice = facts.consent[condition.consent]?.[condition.purpose ?? "marketing"];
      return (choice?.state ?? "unknown") === condition.state ? ALWAYS : NEVER;
    },
  };
}

export function listPredicate(condition: InListCondition): ProfilePredicate {
  return {
    listens: [],
    listId: condition.in_list,
    evaluate: (_facts, lists) => (lists.has(condition.in_list) ? ALWAYS : NEVER),
  };
}

/** Where a person is: `location` or `address` with `lat` and `lon` (also `lng`, `latitude`, `longitude`), or those two as traits. */
export function nearPredicate(condition: NearCondition): ProfilePredicate {
  return {
    listens: ["location", "address", "lat", "lon", "lng", "latitude", "longitude"].map((name) => `trait:${name}`),
    listId: null,
    evaluate(facts) {
      const away = kmAway(facts, condition.near);
      return away !== null && away <= condition.near.km ? ALWAYS : NEVER;
    },
  };
}

/** How far from a place a person is, null when it is not known where she is. */
export function kmAway({ traits }: Pick<Facts, "traits">, from: Place): number | null {
  const place = placeOf(traits.location) ?? placeOf(traits.address) ?? placeOf(traits);
  return place === null ? null : kilometresBetween(place, from);
}

function placeOf(value: Json | undefined): Place | null {
  if (!isJsonObject(value)) return null;
  const lat = numberOf(value.lat ?? value.latitude ?? null);
  const lon = numberOf(value.lon ?? value.lng ?? value.longitude ?? null);
  return lat === null || lon === null || Math.abs(lat) > 90 || Math.abs(lon) > 180 ? null : { lat, lon };
}

function test(values: readonly Json[], condition: ValueTest | RelativeTest | CalendarTest, now: number): Verdict {
  switch (condition.op) {
    case "during":
      return passesCalendar(values, condition, now);
    case "within_last":
    case "within_next":
    case "anniversary_within":
      return passesNow(values, condition, now);
    default:
      return passes(values, condition) ? ALWAYS : NEVER;
  }
}

/** A change of `address` is one of `address.city` too, and a literal trait "address.city" goes by its whole name. */
function namesOf(kind: "trait" | "computed", path: string): string[] {
  const head = path.split(".")[0] ?? path;
  return [...new Set([`${kind}:${path}`, `${kind}:${head}`])];
}
