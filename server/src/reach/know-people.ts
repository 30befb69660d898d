import { currentConsent, mayWrite, zoneOf } from "../consent/index.ts";
import type { Db } from "../platform/db.ts";
import type { Profile } from "../profiles/contracts.ts";
import type { ReachSettings } from "./contracts.ts";
import type { ReachDeps } from "./deps.ts";
import {
  type Belief,
  beliefOf,
  type Curve,
  type Met,
  meanOf,
  NOTHING,
  ownOf,
  type Reaction,
} from "./learning/learnt.ts";
import { loadCurves } from "./queries/curves.pg.ts";
import { readSettings } from "./reach-settings.ts";

/** So long people may take to read before their silence counts. */
export const SETTLES = { hours: 24 };
const LOOKS_BACK = { hours: 24 * 180 };
/** A person's newest; older ones would hardly count. */
const MOST_OF_ONE = 60;
const CHANNEL_TRAIT = "contact_channel";

type Closed = "no_address" | "no_consent" | "not_used" | null;

/** What is known of one person when somebody asks. */
export interface Known {
  readonly profile: Profile;
  readonly zone: string;
  readonly reactions: readonly Reaction[];
  readonly own: ReadonlyMap<string, Met>;
  readonly everybody: Curve;
  readonly alike: Curve;
  belief(channel: string): Belief;
  isWished(channel: string): boolean;
  /** How much an unread message on this channel says about its hour, from 0 to 1. */
  weightOf(channel: string): number;
  closed(channel: string): Closed;
}

interface People {
  readonly settings: ReachSettings;
  readonly of: ReadonlyMap<string, Known>;
}

/** Reads what is needed to choose for many people at once: a handful of statements, however many they are. */
export async function knowPeople(
  deps: ReachDeps,
  db: Db,
  profileIds: readonly string[],
  channels: readonly string[],
  now: Temporal.Instant,
): Promise<People> {
  const ids = [...new Set(profileIds)];
  const profiles = await deps.loadProfiles(db, ids);
  const people = [...profiles.values()];
  const reactions = await deps.reactionsOf(db, {
    profileIds: ids,
    since: now.subtract(LOOKS_BACK).toString(),
    settledBefore: now.subtract(SETTLES).toString(),
    most: MOST_OF_ONE,
  });
  const [curves, settings] = [await loadCurves(db), await readSettings(db)];
  const [consents, stores] = [await currentConsent(db, people), await deps.zonesOfStores(db)];
  const places = new Map<string, ReadonlyMap<string, string>>();
  for (const channel of new Set(channels)) places.set(channel, await deps.placesOf(db, channel, people));
  const everybody = curves.get("") ?? NOTHING;

  const of = people.map((profile): [string, Known] => {
    const mine = reactions.get(profile.id) ?? [];
    const own = ownOf(mine, now);
    const alike = curves.get(languageOf(profile)) ?? NOTHING;
    const isWished = (channel: string) => profile.traits[CHANNEL_TRAIT] === channel;
    const known: Known = {
      profile,
      zone: zoneOf(profile, (store) => stores.get(store) ?? null, deps.timeZone),
      reactions: mine,
      own,
      everybody,
      alike,
      belief: (channel) =>
        beliefOf(channel, own.get(channel) ?? { sent: 0, worth: 0 }, isWished(channel), everybody, alike),
      isWished,
      weightOf: weigh((channel) => meanOf(known.belief(channel)), new Set(mine.map(({ channel }) => channel))),
      closed(channel) {
        if (settings.channels[channel]?.used === false) return "not_used";
        if (!places.get(channel)?.has(profile.id)) return "no_address";
        return mayWrite(consents.get(profile.id) ?? {}, channel, null) === null ? null : "no_consent";
      },
    };
    return [profile.id, known];
  });
  return { settings, of: new Map(of) };
}

/** Each channel's mean beside that of the best one they have had messages on. */
export function weigh(
  meanOfChannel: (channel: string) => number,
  channels: ReadonlySet<string>,
): (channel: string) => number {
  let best: number | null = null;
  return (channel) => {
    best ??= Math.max(...[...channels].map(meanOfChannel));
    return Math.min(1, meanOfChannel(channel) / best);
  };
}

/** Without its region, as the curves have it. */
function languageOf({ traits }: Profile): string {
  const told = traits.language ?? traits.locale;
  return typeof told === "string" ? (told.split(/[-_]/)[0] ?? "").toLowerCase() : "";
}
