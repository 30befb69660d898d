import type { Bus } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { Log } from "../../platform/log.ts";
import type { RegistryCache } from "../registry.ts";
import type { LoadProfiles } from "../take-due.ts";

export interface ListFile {
  /** Of a CSV; of JSON lines only the rows know them. */
  readonly columns: readonly string[];
  readonly batches: AsyncGenerator<
    readonly { readonly number: number; readonly cells: ReadonlyMap<string, string> | null }[]
  >;
}

export interface HeldIdentifier {
  readonly profile_id: string;
  readonly type: string;
  readonly value: string;
}

export interface JobDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  readonly registry: RegistryCache;
  readonly loadProfiles: LoadProfiles;
  /** An uploaded file, from its beginning; refuses when it is gone or no table. */
  readonly openFile: (fileId: string) => Promise<ListFile>;
  /** Whether this machine has the file. */
  readonly hasFile: (fileId: string) => boolean;
  /** Beside each reference (`type:value` or an id) the profile that it means. */
  readonly findProfiles: (db: Db, references: readonly string[]) => Promise<(string | null)[]>;
  readonly identifiersOf: (db: Db, profileIds: readonly string[]) => Promise<readonly HeldIdentifier[]>;
}
