import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { Log } from "../platform/log.ts";
import type { Outbound } from "../platform/outbound/outbound.ts";
import type { Secrets } from "../platform/secrets.ts";

export interface WebhooksDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly secrets: Secrets;
  readonly log: Log;
  /** Addresses and ranges that may be told things although they are not public. */
  readonly outboundAllow: readonly string[];
  readonly segmentsExist: (db: Db, ids: readonly string[]) => Promise<ReadonlySet<string>>;
  /** The retailer's own id of each of these people, as far as there is one. */
  readonly userIdsOf: (db: Db, profileIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

export interface SendDeps extends WebhooksDeps {
  readonly outbound: Outbound;
}
