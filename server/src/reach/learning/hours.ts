import { drawBeta, surer } from "./draw.ts";
import { ageWeight, type Belief, type Curve, type Met, type Reaction, worthOf } from "./learnt.ts";

export const HOURS = 168;
/** A message at nine says something about ten, and about nine on other days. */
const NEAR_HOURS = 1.1;
const OTHER_DAY = 0.8;
const OTHER_KIND_OF_DAY = 0.5;
const LIKE_THEM = 4;
const EVERYBODY = 60;
const FIRST_MEAN = 0.06;

/** 0 is Monday from midnight, where the person is. */
export function hourOfWeek(at: Temporal.Instant, zone: string): number {
  const there = at.toZonedDateTimeISO(zone);
  return (there.dayOfWeek - 1) * 24 + there.hour;
}

/** How much what happened at one hour of the week says about another: near in the day, same day most, weekends apart. */
const KERNEL: readonly (readonly number[])[] = Array.from({ length: HOURS }, (_, to) =>
  Array.from({ length: HOURS }, (_, from) => {
    const apart = Math.abs((to % 24) - (from % 24));
    const hours = Math.min(apart, 24 - apart);
    const [day, other] = [Math.floor(to / 24), Math.floor(from / 24)];
    const days = day === other ? 1 : day >= 5 === other >= 5 ? OTHER_DAY : OTHER_KIND_OF_DAY;
    return hours > 5 ? 0 : days * Math.exp(-(hours * hours) / (2 * NEAR_HOURS * NEAR_HOURS));
  }),
);

/** What is known about each hour of the week, from messages near it. */
function smoothed(hours: ReadonlyMap<number, Met>, to: number): Met {
  let sent = 0;
  let worth = 0;
  for (const [from, met] of hours) {
    const weight = KERNEL[to]?.[from] ?? 0;
    sent += weight * met.sent;
    worth += weight * met.worth;
  }
  return { sent, worth };
}

function hoursOf(curve: Curve): Map<number, Met> {
  return new Map(Object.entries(curve.hours).map(([hour, met]) => [Number(hour), met]));
}

/** For each hour of the week the mean of people at large, those alike first; made once for many people. */
export function curveOf(everybody: Curve, alike: Curve): number[] {
  const [all, some] = [hoursOf(everybody), hoursOf(alike)];
  return Array.from({ length: HOURS }, (_, hour) => {
    const base = blend(smoothed(all, hour), FIRST_MEAN, 20);
    return blend(smoothed(some, hour), base, EVERYBODY);
  });
}

function blend(met: Met, mean: number, strength: number): number {
  return (strength * mean + met.worth) / (strength + met.sent);
}

/**
 * A person's messages by hour of their week, older ones for less. One on a channel that they seldom answer says little
 * about its hour when it lies unread: `weightOf` is how much, from 0 to 1.
 */
export function ownHours(
  reactions: readonly Reaction[],
  zone: string,
  now: Temporal.Instant,
  weightOf: (channel: string) => number,
): Map<number, Met> {
  const hours = new Map<number, Met>();
  for (const reaction of reactions) {
    const hour = hourOfWeek(Temporal.Instant.from(reaction.sent_at), zone);
    const weight = ageWeight(reaction.sent_at, now);
    const known = hours.get(hour) ?? { sent: 0, worth: 0 };
    const worth = worthOf(reaction);
    const sent = worth > 0 ? 1 : weightOf(reaction.channel);
    hours.set(hour, { sent: known.sent + weight * sent, worth: known.worth + weight * worth });
  }
  return hours;
}

/** What a message in this hour of their week would be worth. */
export function hourBelief(own: ReadonlyMap<number, Met>, curve: readonly number[], hour: number): Belief {
  const { sent, worth } = smoothed(own, hour);
  const mean = curve[hour] ?? FIRST_MEAN;
  return { a: LIKE_THEM * mean + worth, b: LIKE_THEM * (1 - mean) + Math.max(0, sent - worth) };
}

/** What somebody has said about their day: hours of the part they named count for more. */
export const PARTS_OF_DAY: Readonly<Record<string, readonly [from: number, to: number]>> = {
  morning: [7, 11],
  midday: [11, 15],
  evening: [17, 22],
};
const NAMED = 2;

export function wishFactor(wished: unknown, hour: number): number {
  const part = typeof wished === "string" && Object.hasOwn(PARTS_OF_DAY, wished) ? PARTS_OF_DAY[wished] : undefined;
  if (!part) return 1;
  const clock = hour % 24;
  return clock >= part[0] && clock < part[1] ? NAMED : 1;
}

/** Tried on simulated people, as for channels. */
const SURER = 40;

/**
 * The best of these hours of the week by one draw each, or, with the chance of `explore`, any of them. The earliest of
 * equals; null when there is none.
 */
export function pickHour(
  hours: readonly number[],
  worthOfHour: (hour: number) => { readonly belief: Belief; readonly factor: number },
  explore: number,
  random: () => number,
): number | null {
  if (hours.length > 0 && random() < explore) return hours[Math.floor(random() * hours.length)] ?? null;
  let best: number | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const hour of hours) {
    const { belief, factor } = worthOfHour(hour);
    const drawn = drawBeta(surer(belief, SURER), random) * factor;
    if (drawn > most) [most, best] = [drawn, hour];
  }
  return best;
}
