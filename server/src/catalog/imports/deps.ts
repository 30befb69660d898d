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
}

export interface ImportDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  readonly outbound: Outbound;
  /** An uploaded table, whatever its encoding and delimiter; refuses when it is none. */
  readonly openTable: (fileId: string) => Promise<SourceTable>;
  /** Its bytes, unpacked. */
  readonly openBytes: (fileId: string) => AsyncGenerator<Buffer>;
  /** Whether this machine has the file. */
  readonly hasFile: (fileId: string) => boolean;
  readonly fileName: (fileId: string) => Promise<string>;
}
