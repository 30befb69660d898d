import type { Bus } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import type { Log } from "../../platform/log.ts";
import type { LoadProfiles } from "../take-due.ts";

export interface AuditDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  readonly loadProfiles: LoadProfiles;
  /** Those of these people of whom State knows something that History does not have yet, or not under their id. */
  readonly onTheirWay: (db: Db, profileIds: readonly string[]) => Promise<ReadonlySet<string>>;
}
