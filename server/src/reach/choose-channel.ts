import type { Db } from "../platform/db.ts";
import type { ReachDeps } from "./deps.ts";
import { type Known, knowPeople } from "./know-people.ts";
import { randomBy } from "./learning/draw.ts";
import { meanOf } from "./learning/learnt.ts";
import { pickChannel } from "./learning/pick.ts";
import { costInWorth } from "./message-costs.ts";

export interface AskedChannel {
  readonly profileId: string;
  readonly channels: readonly string[];
}

/** Why a channel: because nothing else is open, or by what was learnt. */
export type ChannelReason =
  | { readonly by: "only_open" }
  | {
      readonly by: "learnt";
      /** Chosen to learn, against what is believed now. */
      readonly is_trial: boolean;
      readonly is_wished: boolean;
      /** The worth of one message, as of people like them: they have had none on the chosen channel. */
      readonly expected?: number;
      readonly counts: { channel: string; sent: number; read: number; bought: number }[];
    };

export interface ChosenChannel {
  readonly channel: string;
  readonly why: ChannelReason;
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
): Promise<(ChosenChannel | null)[]> {
  const ids = asked.map(({ profileId }) => profileId);
  const channels = asked.flatMap((one) => one.channels);
  const { settings, of } = await knowPeople(deps, db, ids, channels, now);
  return asked.map(({ profileId, channels }) => {
    const known = of.get(profileId);
    if (!known) return null;
    const options = [...new Set(channels)]
      .filter((channel) => known.closed(channel) === null)
      .map((channel) => ({ channel, belief: known.belief(channel), cost: costInWorth(settings, channel) }));
    const picked = pickChannel(options, settings, randomBy(profileId, now.toString()));
    if (!picked) return null;
    const { channel } = picked.option;
    return { channel, why: reasonOf(known, channel, options.length === 1, picked.isTrial) };
  });
}

/** In figures of their own where there are some; the chosen channel comes first. */
function reasonOf(known: Known, chosen: string, isOnly: boolean, isTrial: boolean): ChannelReason {
  if (isOnly) return { by: "only_open" };
  const counts = countsOf(known);
  const told = [chosen, ...[...counts.keys()].filter((channel) => channel !== chosen)];
  return {
    by: "learnt",
    is_trial: isTrial,
    is_wished: known.isWished(chosen),
    ...(counts.has(chosen) ? {} : { expected: meanOf(known.belief(chosen)) }),
    counts: told.flatMap((channel) => {
      const own = counts.get(channel);
      return own ? [{ channel, sent: own.sent, read: own.read, bought: own.bought }] : [];
    }),
  };
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
