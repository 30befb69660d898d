import type { KilimEvent } from "../../collect/index.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { Profile } from "../../profiles/index.ts";
import type { EventFilter } from "../../segments/contracts.ts";
import type { Facts } from "../nodes/node-kind.ts";
import type { Withheld } from "../runs/first-channel.ts";

export interface Verdict {
  readonly holds: boolean;
  /** Until when (ms) that stays so without a new event. */
  readonly until: number | null;
}

export interface Rendered {
  readonly channel: string;
  readonly template: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly errors: readonly string[];
  /** Why it would not go out. */
  readonly withheld: Withheld | null;
}

/** One person, real or made up, and everything a journey may ask about them. */
export interface World {
  readonly profileId: string;
  /** As they are after the events that have been taken in so far. */
  profile(): Promise<Profile>;
  take(event: KilimEvent): Promise<void>;
  matches(filter: EventFilter, event: KilimEvent): boolean;
  holds(condition: unknown, now: number): Promise<Verdict>;
  inSegment(segmentId: string, now: number): Promise<Verdict>;
  segmentName(segmentId: string): string;
  channelsOf(templateIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What is chosen for this person by what is known of them; null: nothing is known of somebody made up. */
  readonly learnt: ((now: Temporal.Instant) => Pick<Facts, "channel" | "hour">) | null;
  /** A message as this person would get it at this moment. */
  render(templateId: string, data: JsonObject): Promise<Rendered>;
}
