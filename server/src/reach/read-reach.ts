import { requireProfile } from "../profiles/index.ts";
import { countsOf } from "./choose-channel.ts";
import { TIME_TRAIT } from "./choose-hour.ts";
import type { ReachView } from "./contracts.ts";
import type { ReachDeps } from "./deps.ts";
import { type Known, knowPeople } from "./know-people.ts";
import { curveOf, HOURS, hourBelief, ownHours, wishFactor } from "./learning/hours.ts";
import { meanOf, rangeOf } from "./learning/learnt.ts";
import { costInWorth } from "./message-costs.ts";

const SHOWN = ["email", "whatsapp", "sms", "push", "call", "letter", "social"];
const BEST_HOURS = 5;
/** From so many messages on somebody's own reactions weigh more than those of others. */
const OWN_FROM = 5;

/** How somebody is reached best, and from what that is known. */
export async function readReach(deps: ReachDeps, ref: string): Promise<ReachView> {
  const id = await requireProfile(deps.db, ref);
  const now = deps.clock.now();
  const { settings, of } = await knowPeople(deps, deps.db, [id], SHOWN, now);
  const known = of.get(id);
  if (!known) return { channels: [], best: null, zone: deps.timeZone, hours: [], is_own: false };
  const counts = countsOf(known);
  const channels = SHOWN.map((channel) => {
    const belief = known.belief(channel);
    const { sent, read, answered, bought } = counts.get(channel) ?? { sent: 0, read: 0, answered: 0, bought: 0 };
    return {
      channel,
      sent,
      read,
      answered,
      bought,
      expected: meanOf(belief),
      range: rangeOf(belief),
      closed: known.closed(channel),
      is_wished: known.isWished(channel),
    };
  }).filter(({ closed, sent }) => sent > 0 || closed === null);
  const value = (one: (typeof channels)[number]) => one.expected * settings.worth - costInWorth(settings, one.channel);
  const open = channels.filter(({ closed }) => closed === null).sort((a, b) => value(b) - value(a));
  return {
    channels,
    best: open[0]?.channel ?? null,
    zone: known.zone,
    hours: bestHours(known, now),
    is_own: known.reactions.length >= OWN_FROM,
  };
}

function bestHours(known: Known, now: Temporal.Instant): ReachView["hours"] {
  const own = ownHours(known.reactions, known.zone, now, known.weightOf);
  const curve = curveOf(known.everybody, known.alike);
  return Array.from({ length: HOURS }, (_, hour) => ({
    hour,
    expected: meanOf(hourBelief(own, curve, hour)) * wishFactor(known.profile.traits[TIME_TRAIT], hour),
  }))
    .sort((a, b) => b.expected - a.expected || a.hour - b.hour)
    .slice(0, BEST_HOURS);
}
