import { betaQuantile } from "../../experiments/index.ts";

/** How messages were met: how many, and what they were worth together. Fractions, since old ones count less. */
export interface Met {
  readonly sent: number;
  readonly worth: number;
}

/** What a person did with one message. */
export interface Reaction {
  readonly channel: string;
  readonly sent_at: string;
  readonly has_read: boolean;
  readonly has_answered: boolean;
  readonly has_bought: boolean;
}

/** How people at large meet messages. */
export interface Curve {
  readonly channels: Readonly<Record<string, Met>>;
  /** By hour of the week. */
  readonly hours: Readonly<Record<string, Met>>;
}

export const NOTHING: Curve = { channels: {}, hours: {} };

/** What came of a message at best, from nothing (0) to a purchase. */
export const WORTH = { read: 0.3, answered: 0.6, bought: 1 } as const;

export function worthOf({ has_read, has_answered, has_bought }: Omit<Reaction, "channel" | "sent_at">): number {
  return has_bought ? WORTH.bought : has_answered ? WORTH.answered : has_read ? WORTH.read : 0;
}

/** People change: a message counts half as much after so many days. */
const HALF_LIFE_DAYS = 60;
const DAY_MS = 86_400_000;

export function ageWeight(sentAt: string, now: Temporal.Instant): number {
  return 2 ** (-Math.max(0, now.epochMilliseconds - Date.parse(sentAt)) / DAY_MS / HALF_LIFE_DAYS);
}

/** Before anything was sent at all: one message in ten is read, and little follows. */
const FIRST: Met = { sent: 10, worth: 0.6 };
/** How many messages of their own outweigh what is known of people like them, and those what is known of everybody. */
const LIKE_THEM = 5;
const EVERYBODY = 50;
/** What somebody says of themselves stands for so many good messages. */
const WISHED: Met = { sent: 6, worth: 5 };

/** Beta(a, b) of what one more message is worth. */
export interface Belief {
  readonly a: number;
  readonly b: number;
}

/** `own` added to what is known of others, which counts as much as `strength` messages: partial pooling. */
function shrink(own: Met, others: number, strength: number): Belief {
  return {
    a: strength * others + own.worth,
    b: strength * (1 - others) + Math.max(0, own.sent - own.worth),
  };
}

export function meanOf({ a, b }: Belief): number {
  return a / (a + b);
}

export function rangeOf({ a, b }: Belief): { low: number; high: number } {
  return { low: betaQuantile(0.05, a, b), high: betaQuantile(0.95, a, b) };
}

/** Everybody's and then their likes' experience with a channel: where somebody starts of whom nothing is known. */
export function priorMean(channel: string, everybody: Curve, alike: Curve): number {
  const all = everybody.channels[channel] ?? { sent: 0, worth: 0 };
  const base = meanOf(shrink(all, FIRST.worth / FIRST.sent, FIRST.sent));
  return meanOf(shrink(alike.channels[channel] ?? { sent: 0, worth: 0 }, base, EVERYBODY));
}

export function beliefOf(channel: string, own: Met, isWished: boolean, everybody: Curve, alike: Curve): Belief {
  const met = isWished ? { sent: own.sent + WISHED.sent, worth: own.worth + WISHED.worth } : own;
  return shrink(met, priorMean(channel, everybody, alike), LIKE_THEM);
}

/** A person's own messages, older ones for less, per channel. */
export function ownOf(reactions: readonly Reaction[], now: Temporal.Instant): Map<string, Met> {
  const met = new Map<string, Met>();
  for (const reaction of reactions) {
    const weight = ageWeight(reaction.sent_at, now);
    const known = met.get(reaction.channel) ?? { sent: 0, worth: 0 };
    met.set(reaction.channel, { sent: known.sent + weight, worth: known.worth + weight * worthOf(reaction) });
  }
  return met;
}
