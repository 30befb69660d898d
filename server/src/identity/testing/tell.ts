import { type KilimEvent, newEvent } from "../../collect/index.ts";
import { VirtualClock } from "../../platform/clock.ts";
import { extractIdentifiers } from "../extract-identifiers.ts";
import type { Held } from "../held.ts";
import { Resolution } from "../resolve-events.ts";
import { builtInRules, type Rules } from "../rules.ts";

const clock = new VirtualClock("2026-03-02T09:00:00Z");
let n = 0;

/** What an event says of its person, in short. */
export interface Facts {
  readonly u?: string | number;
  readonly a?: string;
  readonly e?: string;
  readonly phone?: string;
  readonly loyalty?: string;
  readonly device?: string;
  readonly alias?: string;
  readonly verified?: boolean;
  readonly at?: string;
  readonly channel?: KilimEvent["channel"];
  readonly name?: string;
}

export function eventOf({ u, a, e, phone, loyalty, device, alias, verified, at, channel, name }: Facts): KilimEvent {
  const traits = {
    ...(e === undefined ? {} : { email: e }),
    ...(phone === undefined ? {} : { phone }),
    ...(loyalty === undefined ? {} : { loyalty_id: loyalty }),
  };
  const isOrder = name?.startsWith("Order ") ?? false;
  return newEvent(clock, {
    messageId: `m${++n}`,
    source: "test",
    name: name ?? "Identify",
    type: alias === undefined ? (isOrder ? "track" : "identify") : "alias",
    userId: u === undefined ? null : String(u),
    anonymousId: a ?? null,
    previousId: alias ?? null,
    verified: verified ?? false,
    ...(at === undefined ? {} : { timestamp: at, receivedAt: at }),
    ...(channel === undefined ? {} : { channel }),
    context: device === undefined ? {} : { device: { id: device } },
    ...(isOrder ? { properties: traits } : { traits }),
  });
}

/** The events' people, and whose each identifier is in the end, as texts in order. */
export interface Told {
  readonly people: readonly (string | null)[];
  readonly partition: readonly string[];
  readonly resolution: Resolution;
}

/** Resolves the events one after the other, as one long batch, beginning with nobody. */
export function tell(all: readonly Facts[], rules: Rules = builtInRules): Told {
  let next = 0;
  const resolution = new Resolution({
    rules,
    held: new Map(),
    ofProfile: new Map(),
    aliases: new Map(),
    newId: () => `p${String(++next).padStart(4, "0")}`,
  });
  const ids = all.map((facts) => {
    const event = eventOf(facts);
    return resolution.resolve(event, extractIdentifiers(event, rules));
  });
  const people = ids.map((id) => (id === null ? null : resolution.survivor(id)));
  return { people, resolution, partition: partitionOf(resolution.added.values(), (id) => resolution.survivor(id)) };
}

export function partitionOf(held: Iterable<Held>, survivor: (id: string) => string): string[] {
  const keys = new Map<string, string[]>();
  for (const { type, value, profileId } of held) {
    const id = survivor(profileId);
    keys.set(id, [...(keys.get(id) ?? []), `${type}:${value}`].sort());
  }
  return [...keys.values()].map((mine) => mine.join(" ")).sort();
}
