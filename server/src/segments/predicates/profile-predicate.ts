import type { Json, JsonObject } from "../../platform/json.ts";
import { isJsonObject } from "../../platform/json.ts";
import type { Profile } from "../../profiles/contracts.ts";
import type {
  ComputedCondition,
  ConsentCondition,
  InListCondition,
  NearCondition,
  RelativeTest,
  TraitCondition,
  ValueTest,
} from "../contracts.ts";
import { ALWAYS, NEVER, type Verdict } from "./event-predicate.ts";
import { passesNow } from "./relative.ts";
import { numberOf, passes, valuesAt } from "./values.ts";

/** What a person is known by, as far as conditions ask for it. */
export type Facts = Pick<Profile, "traits" | "computed" | "consent" | "first_seen" | "last_seen">;

/** A leaf that is answered from the profile itself; it keeps no state of its own. */
export interface ProfilePredicate {
  /** Names as in `Batch.changed` that make it worth asking again; "seen" stands for any event of the person. */
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
  const isSeen = condition.computed === "first_seen" || condition.computed === "last_seen";
  return {
    listens: isSeen ? ["seen"] : namesOf("computed", condition.computed),
    listId: null,
    evaluate: (facts, _lists, now) => test(valuesAt(computedOf(facts), condition.computed), condition, now),
  };
}

function computedOf(facts: Facts): JsonObject {
  return { ...(facts.computed as unknown as JsonObject), first_seen: facts.first_seen, last_seen: facts.last_seen };
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
      const place = placeOf(facts.traits.location) ?? placeOf(facts.traits.address) ?? placeOf(facts.traits);
      return place !== null && distanceKm(place, condition.near) <= condition.near.km ? ALWAYS : NEVER;
    },
  };
}

interface Place {
  readonly lat: number;
  readonly lon: number;
}

function placeOf(value: Json | undefined): Place | null {
  if (!isJsonObject(value)) return null;
  const lat = numberOf(value.lat ?? value.latitude ?? null);
  const lon = numberOf(value.lon ?? value.lng ?? value.longitude ?? null);
  return lat === null || lon === null || Math.abs(lat) > 90 || Math.abs(lon) > 180 ? null : { lat, lon };
}

const EARTH_KM = 6371.0088;

/** Great-circle distance (haversine on the mean radius). */
function distanceKm(a: Place, b: Place): number {
  const rad = Math.PI / 180;
  const half = (x: number) => Math.sin(x / 2) ** 2;
  const h = half((b.lat - a.lat) * rad) + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * half((b.lon - a.lon) * rad);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

function test(values: readonly Json[], condition: ValueTest | RelativeTest, now: number): Verdict {
  switch (condition.op) {
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
