import type { KilimEvent } from "../collect/index.ts";
import type { Messages } from "../messages/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/db.ts";
import type { Log } from "../platform/log.ts";
import type { Condition, EventFilter } from "../segments/contracts.ts";

/** What journeys ask of the room that keeps segments. */
export interface SegmentDoor {
  /** A definition as people write it, typed; throws an AppError whose fields begin with `definition`. */
  parse(definition: unknown): Condition;
  matches(filter: EventFilter, event: KilimEvent): boolean;
  existing(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Whether the definition holds for this person now. */
  evaluate(tx: Tx, profileId: string, condition: Condition, now: Temporal.Instant): Promise<boolean>;
  /** Keeps ready what `evaluate` will be asked for this owner; an empty list gives it up. */
  watch(tx: Tx, owner: string, conditions: readonly Condition[]): Promise<void>;
  /** To be called when what `in_journey` means has changed. */
  refreshMeanings(tx: Tx): Promise<void>;
}

export interface JourneysDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  readonly messages: Pick<Messages, "enqueue" | "cancel" | "hold" | "existingTemplates">;
  readonly segments: SegmentDoor;
  /** The profile a reference (`id` or `type:value`) means now; refuses with 404 when there is none. */
  readonly resolveProfile: (db: Db, ref: string) => Promise<string>;
}
