import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { Log } from "../platform/log.ts";
import type { Secrets } from "../platform/secrets.ts";

export interface ImportsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly secrets: Secrets;
  readonly log: Log;
  /** Where uploads lie, under `imports/`. */
  readonly dataDir: string;
  /** The largest file, packed and unpacked. */
  readonly importBytes: number;
}
