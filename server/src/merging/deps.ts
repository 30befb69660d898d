import type { Rules } from "../identity/index.ts";
import type { Pipeline } from "../pipeline/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import type { Segments } from "../segments/index.ts";

/** What a room with rows per person needs to know when one person becomes two again. */
export interface Parted {
  readonly from: string;
  readonly into: string;
  /** `from` and whoever was merged into her before. */
  readonly members: readonly string[];
  /** Identifiers that are hers again, by type. */
  readonly identifiers: ReadonlyMap<string, readonly string[]>;
  /** Orders of our own book whose telling is hers, by their ids. */
  readonly orderIds: readonly string[];
}

export interface MergingDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly identityRules: () => Promise<Rules>;
  readonly pipeline: Pick<Pipeline, "join" | "noteSeparation" | "tell">;
  readonly segments: Pick<Segments, "beginRefold" | "separate">;
  /** The rooms that keep rows per person beside identity, profiles and segments. */
  readonly onSeparate: (tx: Tx, parted: Parted) => Promise<void>;
}
