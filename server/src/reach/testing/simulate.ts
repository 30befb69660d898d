import { randomBy } from "../../experiments/testing/random.ts";
import { toCurves } from "../compute-curves.ts";
import { weigh } from "../know-people.ts";
import { randomBy as drawsBy } from "../learning/draw.ts";
import { curveOf, hourBelief, hourOfWeek, ownHours, pickHour } from "../learning/hours.ts";
import { beliefOf, type Curve, meanOf, NOTHING, ownOf, type Reaction } from "../learning/learnt.ts";
import { pickChannel } from "../learning/pick.ts";

/** Somebody of whom we know what nobody can know: how likely they are to answer on each channel, and when. */
interface Somebody {
  readonly rates: Readonly<Record<string, number>>;
  /** Of the day; two hours around it their rates are whole, elsewhere a third. */
  readonly hour: number;
}

const CHANNELS = ["email", "sms", "whatsapp"] as const;
const START = Temporal.Instant.from("2026-01-05T00:00:00Z");

/** Six of ten like e-mail best, three WhatsApp, one SMS; each answers the others seldom. Each has an hour of their own. */
export function makePeople(count: number, seed: number): Somebody[] {
  const random = randomBy(seed);
  return Array.from({ length: count }, () => {
    const kind = random();
    const liked = kind < 0.6 ? "email" : kind < 0.9 ? "whatsapp" : "sms";
    const rates = Object.fromEntries(
      CHANNELS.map((channel) => [channel, channel === liked ? 0.25 + random() * 0.3 : random() * 0.08]),
    );
    return { rates, hour: [8, 12, 20, 21][Math.floor(random() * 4)] ?? 20 };
  });
}

function rateAt({ rates, hour }: Somebody, channel: string, clock: number): number {
  const apart = Math.min(Math.abs(hour - clock), 24 - Math.abs(hour - clock));
  return (rates[channel] ?? 0) * (apart <= 1 ? 1 : 1 / 3);
}

type Policy = (asked: {
  somebody: Somebody;
  reactions: readonly Reaction[];
  curves: Map<string, Curve>;
  now: Temporal.Instant;
  key: string;
}) => {
  channel: string;
  clock: number;
};

/** As the room does it: beliefs from own and others' reactions, Thompson with a floor, the best hour of a day. */
export const learnt: Policy = ({ reactions, curves, now, key }) => {
  const random = drawsBy(key);
  const everybody = curves.get("") ?? NOTHING;
  const own = ownOf(reactions, now);
  const belief = (channel: string) =>
    beliefOf(channel, own.get(channel) ?? { sent: 0, worth: 0 }, false, everybody, NOTHING);
  const options = CHANNELS.map((channel) => ({ channel, belief: belief(channel), cost: 0 }));
  const channel = pickChannel(options, { worth: 100, explore: 0.05 }, random)?.option.channel ?? "email";
  const hours = ownHours(
    reactions,
    "UTC",
    now,
    weigh((channel) => meanOf(belief(channel)), new Set(CHANNELS)),
  );
  const curve = curveOf(everybody, NOTHING);
  const day = Math.floor(hourOfWeek(now, "UTC") / 24) * 24;
  const open = Array.from({ length: 14 }, (_, i) => day + 8 + i);
  const worth = (hour: number) => ({ belief: hourBelief(hours, curve, hour), factor: 1 });
  return { channel, clock: (pickHour(open, worth, 0.05, random) ?? 9) % 24 };
};

export const oracle: Policy = ({ somebody }) => ({
  channel: CHANNELS.reduce((a, b) => ((somebody.rates[b] ?? 0) > (somebody.rates[a] ?? 0) ? b : a)),
  clock: somebody.hour,
});
export const fixed =
  (channel: string, clock: number): Policy =>
  () => ({ channel, clock });

/** Answers per message of a policy that learns nothing. */
export function expectedOf(people: readonly Somebody[], policy: Policy): number {
  const rates = people.map((somebody) => {
    const { channel, clock } = policy({ somebody, reactions: [], curves: new Map(), now: START, key: "" });
    return rateAt(somebody, channel, clock);
  });
  return rates.reduce((a, b) => a + b, 0) / people.length;
}

/** Answers per message in each quarter of `messages` rounds, one message every three days. */
export function run(people: readonly Somebody[], policy: Policy, messages: number, seed: number): number[] {
  const random = randomBy(seed);
  const all = people.map((): Reaction[] => []);
  const quarters = [0, 0, 0, 0];
  let curves = new Map<string, Curve>();
  for (let round = 0; round < messages; round++) {
    const midnight = START.add({ hours: 72 * round });
    curves = toCurves(sumsOf(all));
    for (const [i, somebody] of people.entries()) {
      const reactions = all[i] ?? [];
      const { channel, clock } = policy({ somebody, reactions, curves, now: midnight, key: `${seed}${round}0${i}` });
      const rate = rateAt(somebody, channel, clock);
      const has_answered = random() < rate;
      const sent_at = midnight.add({ hours: clock }).toString();
      reactions.push({ channel, sent_at, has_read: has_answered, has_answered, has_bought: false });
      const quarter = Math.floor((4 * round) / messages);
      quarters[quarter] = (quarters[quarter] ?? 0) + rate;
    }
  }
  return quarters.map((sum) => sum / ((people.length * messages) / 4));
}

function sumsOf(all: readonly (readonly Reaction[])[]) {
  const sums = new Map<
    string,
    { channel: string; language: string; hour: number; sent: number; read: number; answered: number; bought: number }
  >();
  for (const { channel, sent_at, has_answered } of all.flat()) {
    const hour = hourOfWeek(Temporal.Instant.from(sent_at), "UTC");
    const key = `${channel} ${hour}`;
    const sum = sums.get(key) ?? { channel, language: "", hour, sent: 0, read: 0, answered: 0, bought: 0 };
    sums.set(key, { ...sum, sent: sum.sent + 1, answered: sum.answered + (has_answered ? 1 : 0) });
  }
  return [...sums.values()];
}
