import type { Db } from "../platform/db.ts";
import type { ReachDeps } from "./deps.ts";
import { type Known, knowPeople } from "./know-people.ts";
import { randomBy } from "./learning/draw.ts";
import { meanOf } from "./learning/learnt.ts";
import { pickChannel } from "./learning/pick.ts";

export interface AskedChannel {
  readonly profileId: string;
  readonly channels: readonly string[];
}

/**
 * Beside each question the channel for this person now and why, among those on which they can be and may be written to;
 * null when there is none. Asked again at the same instant the answer is the same.
 */
export async function chooseChannels(
  deps: ReachDeps,
  db: Db,
  asked: readonly AskedChannel[],
  now: Temporal.Instant,
): Promise<({ channel: string; why: string } | null)[]> {
  const ids = asked.map(({ profileId }) => profileId);
  const channels = asked.flatMap((one) => one.channels);
  const { settings, of } = await knowPeople(deps, db, ids, channels, now);
  return asked.map(({ profileId, channels }) => {
    const known = of.get(profileId);
    if (!known) return null;
    const options = [...new Set(channels)]
      .filter((channel) => known.closed(channel) === null)
      .map((channel) => ({ channel, belief: known.belief(channel), cost: settings.channels[channel]?.cost ?? 0 }));
    const picked = pickChannel(options, settings, randomBy(profileId, now.toString()));
    if (!picked) return null;
    const { channel } = picked.option;
    return { channel, why: reasonOf(known, channel, options.length === 1, picked.isTrial) };
  });
}

/** In figures of their own where there are some: "whatsapp: 4 of 6 read and 1 bought; email: 0 of 9". */
function reasonOf(known: Known, chosen: string, isOnly: boolean, isTrial: boolean): string {
  if (isOnly) return `${chosen}: the only one that is open`;
  const counts = countsOf(known);
  const told = [chosen, ...[...counts.keys()].filter((channel) => channel !== chosen)]
    .filter((channel) => counts.has(channel))
    .map((channel) => `${channel}: ${inFigures(counts.get(channel))}`);
  const wish = known.isWished(chosen) ? ["they asked for it"] : [];
  const start = counts.has(chosen)
    ? []
    : [`${chosen}: ${percent(meanOf(known.belief(chosen)))} expected, as of people like them`];
  return [...(isTrial ? ["to learn"] : []), ...wish, ...start, ...told].join("; ");
}

export interface Counts {
  readonly sent: number;
  readonly read: number;
  readonly answered: number;
  readonly bought: number;
}

export function countsOf({ reactions }: Pick<Known, "reactions">): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  for (const { channel, has_read, has_answered, has_bought } of reactions) {
    const { sent, read, answered, bought } = counts.get(channel) ?? { sent: 0, read: 0, answered: 0, bought: 0 };
    counts.set(channel, {
      sent: sent + 1,
      read: read + (has_read || has_answered ? 1 : 0),
      answered: answered + (has_answered ? 1 : 0),
      bought: bought + (has_bought ? 1 : 0),
    });
  }
  return counts;
}

function inFigures(counts: Counts | undefined): string {
  if (!counts) return "nothing yet";
  const { sent, read, bought } = counts;
  return `${read} of ${sent}${read > 0 ? " read" : ""}${bought > 0 ? ` and ${bought} bought` : ""}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
