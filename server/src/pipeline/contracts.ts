import type { KilimEvent } from "../collect/index.ts";
import type { Db, Tx } from "../platform/db.ts";
import type { Batch } from "../profiles/index.ts";

/** A person's coming into or leaving a segment, at the time it became true. */
export interface MembershipChange {
  readonly segmentId: string;
  readonly segmentName: string;
  readonly profileId: string;
  readonly kind: "entered" | "exited";
  readonly at: string;
  readonly historical: boolean;
}

/** What the pipeline needs of the room that keeps segments. */
export interface SegmentKeeper {
  foldBatch(tx: Tx, batch: Batch): Promise<readonly MembershipChange[]>;
  /** Re-decides whoever fell due until `now`, at most `limit` people. */
  takeDue(
    tx: Tx,
    now: Temporal.Instant,
    limit: number,
  ): Promise<{
    readonly changes: readonly MembershipChange[];
    /** Those of the changes, and maybe others that were looked at. */
    readonly profiles: Batch["profiles"];
    readonly more: boolean;
  }>;
  nextDue(db: Db): Promise<string | null>;
  /** Of how many people State does not keep enough, and how many of them wait for History just now. */
  countBeyond(db: Db): Promise<{ readonly people: number; readonly waiting: number }>;
}

/** A room that goes on from what a batch has made true, in its transaction; what it returns joins the timeline. */
export type Follower = (tx: Tx, batch: Batch, changes: readonly MembershipChange[]) => Promise<readonly KilimEvent[]>;
