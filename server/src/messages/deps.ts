import type { FastifyBaseLogger } from "fastify";

import type { KilimEvent } from "../collect/contracts.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { Profile } from "../profiles/contracts.ts";
import type { FirstBrand } from "./brand/kit.ts";
import type { Audience } from "./broadcasts/contracts.ts";
import type { LiveData } from "./content/read-live.ts";

/** Who is in a segment or on a list. */
export interface Audiences {
  /** A page of who is in it now, and where to go on; null after the last. */
  page(
    db: Db,
    audience: Audience,
    after: readonly (string | number)[] | null,
    limit: number,
  ): Promise<{ readonly ids: readonly string[]; readonly next: readonly (string | number)[] | null }>;
  size(db: Db, audience: Audience): Promise<number>;
  /** Those of these people who are in it now. */
  among(db: Db, audience: Audience, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Its name; null when there is none. */
  nameOf(db: Db, audience: Audience): Promise<string | null>;
}

export interface MessagesDeps {
  readonly db: Db;
  readonly history: History;
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
  /** What a person is called on a screen. */
  readonly nameOf: (profile: Profile) => string;
  /** The profile a reference (`id` or `type:value`) means now; refuses with 404 when there is none. */
  readonly resolveProfile: (db: Db, ref: string) => Promise<string>;
  readonly live: LiveData;
  readonly audiences: Audiences;
  /** The retailer's time zone, for people of whom none is known. */
  readonly timeZone: string;
  /** store id → its time zone. */
  readonly zonesOfStores: (db: Db) => Promise<ReadonlyMap<string, string>>;
  /** What a message costs now, by channel: minor units, or parts of one, of the currency its provider bills in. */
  readonly messageCosts: (
    db: Db,
  ) => Promise<ReadonlyMap<string, { readonly amount: number; readonly currency: string }>>;
  /** Lets events of ours join the timelines; those that nobody hears go to History at once. */
  readonly tell: (tx: Tx, events: readonly KilimEvent[]) => Promise<void>;
}
