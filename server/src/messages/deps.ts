import type { FastifyBaseLogger } from "fastify";

import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { Profile } from "../profiles/contracts.ts";
import type { FirstBrand } from "./brand/kit.ts";
import type { LiveData } from "./content/read-live.ts";

export interface MessagesDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly secrets: Secrets;
  readonly log: Pick<FastifyBaseLogger, "info" | "warn" | "error">;
  /** Our own origin, without a slash at the end. */
  readonly publicUrl: string;
  /** The environment's SMTP_URL and KILIM_MAIL_FROM; what is set on screen comes first. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Addresses and ranges that providers may have although they are not public. */
  readonly outboundAllow: readonly string[];
  /** The brand until somebody has saved a kit; what is in force says `BrandBook`. */
  readonly brand: FirstBrand;
  readonly loadProfiles: (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, Profile>>;
  /** The profile a reference (`id` or `type:value`) means now; refuses with 404 when there is none. */
  readonly resolveProfile: (db: Db, ref: string) => Promise<string>;
  readonly live: LiveData;
  /** The retailer's time zone, for people of whom none is known. */
  readonly timeZone: string;
  /** store id → its time zone. */
  readonly zonesOfStores: (db: Db) => Promise<ReadonlyMap<string, string>>;
}
