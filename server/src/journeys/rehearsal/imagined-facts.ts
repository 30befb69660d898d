import type { Facts } from "../nodes/node-kind.ts";
import { firstChannel } from "../runs/first-channel.ts";
import { zoneOf } from "../runs/read-facts.ts";
import { wakingHour } from "../runs/waking-hour.ts";
import type { World } from "./world.ts";

/** A message that a rehearsal has said, and what became of it. */
export interface Said {
  readonly status: "sent" | "skipped";
  readonly at: string;
  opened_at: string | null;
  clicked_at: string | null;
  ordered_at: string | null;
}

interface Imagining {
  readonly world: World;
  readonly now: Temporal.Instant;
  readonly timeZone: string;
  readonly said: ReadonlyMap<string, Said>;
}

/** What nodes may ask, answered for the one person of a rehearsal. */
export function imaginedFacts({ world, now, timeZone, said }: Imagining): Facts {
  const ms = now.epochMilliseconds;
  const learnt = world.learnt?.(now);
  return {
    profile: () => world.profile(),
    holds: async (_person, condition) => (await world.holds(condition, ms)).holds,
    isMember: async (_person, segmentId) => (await world.inSegment(segmentId, ms)).holds,
    async reaction(_run, node) {
      const one = said.get(node);
      return one ? { ...one } : null;
    },
    tallies: async () => new Map(),
    channelsOf: (ids) => world.channelsOf(ids),
    async channel(profileId, channels) {
      if (learnt) return learnt.channel(profileId, channels);
      const profile = await world.profile();
      const choose = firstChannel(async () => new Map([[profileId, profile]]));
      return (await choose(undefined as never, [{ profileId, channels }], now))[0] ?? null;
    },
    hour: async (profileId, bounds, channels) =>
      learnt?.hour(profileId, bounds, channels) ??
      (await wakingHour(undefined as never, [{ profileId, ...bounds, channels }]))[0] ??
      bounds.from,
    zone: async () => zoneOf(await world.profile(), timeZone),
  };
}
