import type { History } from "../../platform/history.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import { START } from "./arbitraries.ts";
import type { Arrived } from "./fold-states.ts";

export interface HistoryOfOne {
  readonly id: string;
  readonly events: readonly PastEvent[];
  /** The same events in another order, for whichever of the two people of a merge they came in. */
  readonly arrived: readonly Arrived[];
}

/** Puts everybody's events into History; every third person was merged from two, under whose ids their events still are. */
export async function shipHistories(
  history: History,
  lives: readonly (readonly PastEvent[])[],
): Promise<readonly HistoryOfOne[]> {
  const rows: object[] = [];
  const overrides: object[] = [];
  const people = lives.map((events, index) => {
    const id = idOf(index);
    const other = idOf(1000 + index);
    const sided = events.map((event, nth) => ({ ...event, side: index % 3 === 0 && nth % 2 === 0 }));
    for (const [nth, event] of sided.entries()) rows.push(rowOf(event.side ? other : id, event, `${index}-${nth}`));
    if (index % 3 === 0 && events.length > 0) {
      overrides.push({ from_id: other, into_id: idOf(2000), version: 1 });
      overrides.push({ from_id: other, into_id: id, version: 2 });
    }
    // Latest first, and then every other one: as late as events can be.
    const arrived = [...sided].reverse().sort((a, b) => Number(a.side) - Number(b.side));
    return { id, events, arrived };
  });
  await history.insert("events", rows);
  await history.insert("profile_overrides", overrides);
  return people;
}

/** Whom an id means after the merges. */
export function survivorOf(id: string): string {
  const n = Number.parseInt(id.slice(-4), 16);
  return n >= 1000 ? idOf(n - 1000) : id;
}

function idOf(n: number): string {
  return `019a0000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}

function rowOf(profileId: string, event: PastEvent, messageId: string): object {
  return {
    profile_id: profileId,
    timestamp: new Date(event.at).toISOString(),
    message_id: messageId,
    name: event.name,
    channel: event.channel,
    properties: JSON.stringify(event.properties),
    received_at: new Date(START).toISOString(),
    batch: 3,
  };
}
