import type { EventFilter } from "../contracts.ts";
import { canonical } from "./canonical.ts";
import type { PastEvent } from "./event-predicate.ts";
import { passes, valuesAt } from "./values.ts";

export function channelsOf(filter: EventFilter): readonly string[] | null {
  if (filter.channel === undefined) return null;
  return typeof filter.channel === "string" ? [filter.channel] : filter.channel;
}

export function matches(filter: EventFilter, event: PastEvent): boolean {
  if (event.name !== filter.did) return false;
  const channels = channelsOf(filter);
  if (channels !== null && !channels.includes(event.channel)) return false;
  return (filter.where ?? []).every((test) => passes(valuesAt(event.properties, test.property), test));
}

/** The same for filters that mean the same, whatever the order of their parts. */
export function filterKey(filter: EventFilter): string {
  const channels = channelsOf(filter);
  return canonical({
    did: filter.did,
    channels: channels === null ? null : [...new Set(channels)].sort(),
    where: (filter.where ?? []).map((test) => canonical(test)).sort(),
  });
}
