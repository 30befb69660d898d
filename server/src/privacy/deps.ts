import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import type { Log } from "../platform/log.ts";
import type { DistantData, Marks, PersonalData } from "../platform/personal-data.ts";
import type { Secrets } from "../platform/secrets.ts";

/** Every place that holds anything of people, in the order in which they are erased. A new room adds itself here. */
export interface Stores {
  /** Erased in one transaction, under the locks on the profile and its identifiers. */
  readonly close: Readonly<Record<string, PersonalData>>;
  /** Erased afterwards, one by one. */
  readonly distant: Readonly<Record<string, DistantData>>;
}

export interface PrivacyDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly secrets: Secrets;
  readonly log: Log;
  /** Days that batches stay in State after they were shipped. */
  readonly rawDays: number;
  readonly stores: Stores;
  /** Whether History is just being told of a separation. */
  readonly isHandingOver: (db: Db) => Promise<boolean>;
  /** The last ids that inbox and outbox have given out. */
  readonly readMarks: (db: Db) => Promise<Omit<Marks, "at">>;
}
