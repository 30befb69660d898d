import { createHash } from "node:crypto";

import { isJsonObject, type Json } from "../../platform/json.ts";
import type {
  Condition,
  CountOp,
  During,
  EventFilter,
  Leaf,
  NearCondition,
  PropertyTest,
  SequenceStep,
} from "../contracts.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import type { Facts } from "../predicates/profile-predicate.ts";

/**
 * The reference: looks at the whole list of events at one instant and says what the definition says, with no state, no
 * horizon and no sharing. Written from docs/segments.md, not from the code it judges.
 */
export interface Life {
  readonly events: readonly PastEvent[];
  readonly facts: Facts;
  readonly lists: ReadonlySet<string>;
}

export function holdsNaively(condition: Condition, life: Life, now: number): boolean {
  if ("all" in condition) return condition.all.every((child) => holdsNaively(child, life, now));
  if ("any" in condition) return condition.any.some((child) => holdsNaively(child, life, now));
  if ("not" in condition) return !holdsNaively(condition.not, life, now);
  return leaf(condition, life, now);
}

function leaf(condition: Leaf, life: Life, now: number): boolean {
  if ("trait" in condition) return value(find(life.facts.traits, condition.trait.split(".")), condition, now);
  if ("computed" in condition) return value(computed(life.facts, condition.computed, now), condition, now);
  if ("random" in condition) {
    const hash = createHash("sha256").update(`${condition.random.seed}:${life.facts.id}`).digest("hex");
    return (Number.parseInt(hash.slice(0, 8), 16) / 16 ** 8) * 100 < condition.random.percent;
  }
  if ("in_list" in condition) return life.lists.has(condition.in_list);
  if ("consent" in condition)
    return (
      (life.facts.consent[condition.consent]?.[condition.purpose ?? "marketing"]?.state ?? "unknown") ===
      condition.state
    );
  if ("near" in condition) return isNear(life.facts, condition.near);
  if ("sequence" in condition) {
    const recent = life.events.filter((event) => event.at > now - ms(condition.within));
    return hasSequence(condition.sequence, recent, Number.NEGATIVE_INFINITY);
  }
  if ("not_followed_by" in condition) {
    const begun = life.events.filter((event) => isMeant(condition, event)).map((event) => event.at);
    const last = Math.max(...begun);
    const isEnded = life.events.some((event) => condition.not_followed_by.includes(event.name) && event.at >= last);
    return begun.length > 0 && !isEnded && now - last >= ms(condition.for);
  }
  if ("more_often_than" in condition) {
    const than = condition.more_often_than;
    const times = (filter: EventFilter) => life.events.filter((event) => isMeant(filter, event)).length;
    return times(condition) > times(than);
  }
  if (!("did" in condition)) throw new TypeError("not in this reference");
  const within = condition.within;
  const { during, zone } = condition;
  const meant = life.events.filter(
    (event) =>
      isMeant(condition, event) &&
      (within === undefined || event.at > now - ms(within)) &&
      (during === undefined || isDuring(new Date(event.at).toISOString(), during, zone ?? "UTC", now)),
  );
  const edge = condition.first ?? condition.last;
  if (edge) {
    if (meant.length === 0) return false;
    const times = meant.map((event) => event.at);
    const at = condition.first ? Math.min(...times) : Math.max(...times);
    if (edge.op === "during") return isDuring(new Date(at).toISOString(), edge.value, zone ?? "UTC", now);
    if (edge.op === "before") return at < Date.parse(edge.value);
    if (edge.op === "after") return at > Date.parse(edge.value);
    return at > now - ms(edge.value) === (edge.op === "within_last");
  }
  const { sum } = condition;
  if (sum) {
    const amounts = meant
      .flatMap((event) => find(event.properties, sum.property.split(".")).map(number))
      .filter((amount) => amount !== null);
    return compare(
      amounts.reduce((total, amount) => total + Math.round(amount * 100), 0),
      sum.op,
      Math.round(sum.value * 100),
    );
  }
  return compare(meant.length, condition.count?.op ?? "gte", condition.count?.value ?? 1);
}

/** The first of `location`, `address` and the traits themselves that is a place on earth; by the law of cosines. */
function isNear({ traits }: Facts, { lat, lon, km }: NearCondition["near"]): boolean {
  const places = [traits.location, traits.address, traits].flatMap((place) => {
    if (!isJsonObject(place)) return [];
    const [there, along] = [
      number(place.lat ?? place.latitude ?? null),
      number(place.lon ?? place.lng ?? place.longitude ?? null),
    ];
    return there === null || along === null || Math.abs(there) > 90 || Math.abs(along) > 180 ? [] : [{ there, along }];
  });
  const [place] = places;
  if (!place) return false;
  const [a, b, between] = [lat, place.there, place.along - lon].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const angle = Math.acos(Math.min(1, Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(between)));
  return angle * 6371.0088 <= km;
}

function hasSequence(steps: readonly SequenceStep[], events: readonly PastEvent[], after: number): boolean {
  const [step, ...rest] = steps;
  if (!step) return true;
  const isBroken = (until: number) =>
    events.some(({ name, at }) => (step.without ?? []).includes(name) && at > after && at < until);
  return events.some(
    (event) => event.at > after && isMeant(step, event) && !isBroken(event.at) && hasSequence(rest, events, event.at),
  );
}

function computed(facts: Facts, name: string, now: number): Json[] {
  const days = /^days_since_(.*)$/.exec(name)?.[1];
  if (days === undefined) {
    if (name === "average_order")
      return facts.computed.orders === 0 ? [] : [Math.round(facts.computed.revenue / facts.computed.orders)];
    const all = { ...facts.computed, first_seen: facts.first_seen, last_seen: facts.last_seen };
    return find(all as unknown as Json, name.split("."));
  }
  const since = {
    first_order: facts.computed.first_order_at,
    last_order: facts.computed.last_order_at,
    first_seen: facts.first_seen,
    last_seen: facts.last_seen,
  }[days];
  return since ? [Math.floor((now - Date.parse(since)) / 86_400_000)] : [];
}

/** Looks at the calendars on the wall: which day it was then, which day it is now. */
function isDuring(text: string, during: During, zone: string, now: number): boolean {
  const isDay = text.length === 10;
  if (!isDay && Number.isNaN(Date.parse(text))) return false;
  const dayIn = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const day = isDay ? Temporal.PlainDate.from(text) : dayIn(Date.parse(text));
  if (typeof during === "string") {
    const [which, unit] =
      { today: "this_day", yesterday: "last_day" }[during as string]?.split("_") ?? during.split("_");
    const today = dayIn(now);
    const ago = which === "this" ? {} : unit === "quarter" ? { months: 3 } : { [`${unit}s`]: 1 };
    return nameOf(day, unit) === nameOf(today.subtract({ days: 0, ...ago }), unit);
  }
  const isFrom = (bound: string) =>
    bound.length === 10
      ? Temporal.PlainDate.compare(day, bound) >= 0
      : (isDay ? day.toZonedDateTime(zone).epochMilliseconds : Date.parse(text)) >= Date.parse(bound);
  return isFrom(during.from) && !isFrom(during.until);
}

function nameOf(day: Temporal.PlainDate, unit: string | undefined): string {
  if (unit === "week") return `${day.yearOfWeek} ${day.weekOfYear}`;
  if (unit === "quarter") return `${day.year} ${Math.ceil(day.month / 3)}`;
  return day.toString().slice(0, { day: 10, month: 7, year: 4 }[unit ?? ""]);
}

function isMeant(filter: EventFilter, event: PastEvent): boolean {
  const channels = filter.channel === undefined ? [event.channel] : [filter.channel].flat();
  return (
    event.name === filter.did &&
    channels.includes(event.channel) &&
    (filter.where ?? []).every((test) => value(find(event.properties, test.property.split(".")), test, 0))
  );
}

function find(root: Json | undefined, path: readonly string[]): Json[] {
  if (root === undefined || root === null) return [];
  if (Array.isArray(root)) return root.flatMap((element) => (Array.isArray(element) ? [] : find(element, path)));
  const [key, ...rest] = path;
  if (key === undefined) return [root];
  return isJsonObject(root) && Object.hasOwn(root, key) ? find(root[key], rest) : [];
}

type Test = Omit<PropertyTest, "property"> | { op: string; value?: unknown };

function value(found: readonly Json[], given: Test, now: number): boolean {
  const test = given as { op: string; value: never };
  const bound: Json = test.value;
  const texts = found.filter((one) => typeof one === "string");
  const dates = texts.map((text) => Date.parse(text)).filter((at) => !Number.isNaN(at));
  switch (test.op) {
    case "is":
      return found.includes(bound);
    case "is_not":
      return !found.includes(bound);
    case "in":
      return found.some((one) => (bound as Json[]).includes(one));
    case "not_in":
      return !found.some((one) => (bound as Json[]).includes(one));
    case "exists":
      return found.length > 0;
    case "not_exists":
      return found.length === 0;
    case "contains":
      return texts.some((text) => text.includes(bound as string));
    case "starts_with":
      return texts.some((text) => text.startsWith(bound as string));
    case "before":
      return dates.some((at) => at < Date.parse(bound as string));
    case "after":
      return dates.some((at) => at > Date.parse(bound as string));
    case "within_last":
      return dates.some((at) => at <= now && at > now - ms(bound as string));
    case "within_next":
      return dates.some((at) => at >= now && at < now + ms(bound as string));
    case "during": {
      const { value: during, zone } = given as { value: During; zone?: string };
      return texts.some((text) => isDuring(text, during, zone ?? "UTC", now));
    }
    case "anniversary_within":
      return dates.some((at) =>
        hasAnniversary(at, now, ms(bound as string), (given as { zone?: string }).zone ?? "UTC"),
      );
    default:
      return found.some((one) => {
        const amount = number(one);
        return amount !== null && compare(amount, test.op as CountOp, bound as number);
      });
  }
}

/** Walks the days of the zone from the day before yesterday on and asks each whether it is the anniversary. */
function hasAnniversary(born: number, now: number, window: number, zone: string): boolean {
  const birth = new Date(born).toISOString().slice(5, 10);
  const begins = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone: zone }).epochMilliseconds;
  let date = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 2 });
  for (; begins(date) < now + window; date = date.add({ days: 1 })) {
    const isIt = date.toString().slice(5) === (birth === "02-29" && !date.inLeapYear ? "02-28" : birth);
    if (isIt && begins(date.add({ days: 1 })) > now) return true;
  }
  return false;
}

function number(one: Json): number | null {
  if (typeof one === "number") return one;
  return typeof one === "string" && one.trim() !== "" && !Number.isNaN(Number(one)) ? Number(one) : null;
}

function compare(amount: number, op: CountOp, bound: number): boolean {
  return { gte: amount >= bound, gt: amount > bound, lte: amount <= bound, lt: amount < bound, eq: amount === bound }[
    op
  ];
}

function ms(duration: string): number {
  return Temporal.Duration.from(duration).total({ unit: "milliseconds" });
}
