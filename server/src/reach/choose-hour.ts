import type { SendingRules } from "../consent/contracts.ts";
import { nextAllowed, readSendingRules } from "../consent/index.ts";
import type { Db } from "../platform/db.ts";
import type { ReachDeps } from "./deps.ts";
import { type Known, knowPeople } from "./know-people.ts";
import { randomBy } from "./learning/draw.ts";
import { curveOf, hourBelief, hourOfWeek, ownHours, pickHour, wishFactor } from "./learning/hours.ts";
import type { Curve } from "./learning/learnt.ts";

export interface AskedHour {
  readonly profileId: string;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
  readonly zone: string;
  /** Of the message that waits for it: hours at which marketing may go out on none of them are left out. */
  readonly channels?: readonly string[];
}

const HOUR_MS = 3_600_000;
export const TIME_TRAIT = "contact_time";
/** Nobody plans further ahead; a longer window is looked at this far. */
const MOST_HOURS = 24 * 14;

/**
 * Beside each question the instant within its bounds at which the person is most likely to react, by their own hours
 * shrunk towards people like them; sometimes another, to learn (Thompson). Never before `from`, never after `until`.
 */
export async function chooseHours(
  deps: ReachDeps,
  db: Db,
  asked: readonly AskedHour[],
  now: Temporal.Instant,
): Promise<Temporal.Instant[]> {
  const ids = asked.map(({ profileId }) => profileId);
  const { of, settings } = await knowPeople(deps, db, ids, [], now);
  const curves = new Map<Curve, readonly number[]>();
  const isAllowed = allowedBy(await readSendingRules(db));
  return asked.map((one) => {
    const known = of.get(one.profileId);
    return known ? bestHour(known, one, curveFor(curves, known), { ...settings, isAllowed }, now) : one.from;
  });
}

/** One curve serves all who are alike. */
function curveFor(curves: Map<Curve, readonly number[]>, { everybody, alike }: Known): readonly number[] {
  const made = curves.get(alike) ?? curveOf(everybody, alike);
  curves.set(alike, made);
  return made;
}

function bestHour(
  known: Known,
  asked: AskedHour,
  curve: readonly number[],
  { explore, isAllowed }: { readonly explore: number; readonly isAllowed: IsAllowed },
  now: Temporal.Instant,
): Temporal.Instant {
  const { profile, reactions, weightOf } = known;
  const own = ownHours(reactions, asked.zone, now, weightOf);
  const last = Math.min(asked.until.epochMilliseconds, asked.from.epochMilliseconds + MOST_HOURS * HOUR_MS);
  // The same hour of two weeks is one thing, and the earlier one is taken.
  const first = new Map<number, Temporal.Instant>();
  for (let at = asked.from.epochMilliseconds; at <= last; at = nextHour(at)) {
    const instant = Temporal.Instant.fromEpochMilliseconds(at);
    const hour = hourOfWeek(instant, asked.zone);
    if (!first.has(hour) && isAllowed(instant, asked)) first.set(hour, instant);
  }
  const worth = (hour: number) => ({
    belief: hourBelief(own, curve, hour),
    factor: wishFactor(profile.traits[TIME_TRAIT], hour),
  });
  const random = randomBy(profile.id, asked.from.toString(), "hour");
  const hour = pickHour([...first.keys()], worth, explore, random);
  return (hour === null ? undefined : first.get(hour)) ?? asked.from;
}

/** On the hour; zones that are half an hour off are served at their half. */
function nextHour(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS + HOUR_MS;
}

type IsAllowed = (at: Temporal.Instant, asked: Pick<AskedHour, "zone" | "channels">) => boolean;

/** Whether marketing may go out at an instant on one of the channels; the same instants serve all of a batch. */
function allowedBy(rules: SendingRules): IsAllowed {
  const known = new Map<string, boolean>();
  return (at, { zone, channels = [] }) => {
    if (channels.length === 0) return true;
    const key = `${at.epochMilliseconds} ${zone} ${channels}`;
    let isAllowed = known.get(key);
    if (isAllowed === undefined) {
      isAllowed = channels.some((channel) => nextAllowed(rules, channel, zone, at)?.equals(at) === true);
      known.set(key, isAllowed);
    }
    return isAllowed;
  };
}
