import type { Bus } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { Log } from "../../platform/log.ts";
import type { Outbound } from "../../platform/outbound/outbound.ts";

/** A row of a file as its columns name it; null when it cannot be read. */
export interface SourceRow {
  readonly number: number;
  readonly cells: ReadonlyMap<string, string> | null;
}

export interface SourceTable {
  readonly columns: readonly string[];
  readonly batches: AsyncGenerator<readonly SourceRow[]>;
  /** Bytes of the file that were read for the batches so far. */
  readonly read: () => number;
}

export interface ImportDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  readonly outbound: Outbound;
  /** An uploaded table, whatever its encoding and delimiter; refuses when it is none. */
  readonly openTable: (fileId: string) => Promise<SourceTable>;
  /** Its bytes, unpacked, and how many of the file were read for them. */
  readonly openBytes: (fileId: string) => AsyncGenerator<{ readonly bytes: Buffer; readonly read: number }>;
  /** Whether this machine has the file. */
  readonly hasFile: (fileId: string) => boolean;
  readonly fileOf: (fileId: string) => Promise<{ readonly name: string; readonly bytes: number }>;
}
