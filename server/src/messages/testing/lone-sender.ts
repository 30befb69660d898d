/** A worker of its own process, for tests that kill it. Its one argument is a `LoneSender` as JSON. */
import { pino } from "pino";

import { PgBus } from "../../platform/bus.ts";
import { VirtualClock } from "../../platform/clock.ts";
import { type DbOptions, openDb } from "../../platform/db.ts";
import { openHistory } from "../../platform/history.ts";
import { createSecrets } from "../../platform/secrets.ts";
import type { Profile } from "../../profiles/contracts.ts";
import { createMessages } from "../index.ts";
import { noLive } from "./no-live.ts";

export interface LoneSender {
  readonly database: DbOptions;
  readonly now: string;
  readonly smtpUrl: string;
  readonly publicUrl: string;
  readonly profile: Profile;
  /** Stands still before the text is made: after the claim, before the mail server hears of it. */
  readonly isStuck: boolean;
}

const given = JSON.parse(process.argv[2] ?? "") as LoneSender;
const { db, pool } = openDb(given.database);
const messages = createMessages({
  db,
  history: openHistory({}),
  clock: new VirtualClock(given.now),
  bus: await PgBus.open(pool),
  secrets: createSecrets(Buffer.alloc(32, 7)),
  log: pino({ level: "silent" }),
  publicUrl: given.publicUrl,
  smtpUrl: given.smtpUrl,
  mailFrom: "Kilim <hello@kilim.test>",
  outboundAllow: ["127.0.0.0/8"],
  brand: { name: "Kilim", url: "https://shop.test", cart_url: "https://shop.test/cart" },
  loadProfiles: async () =>
    given.isStuck ? await new Promise(() => {}) : new Map([[given.profile.id, given.profile]]),
  nameOf: ({ traits }) => String(traits.first_name ?? traits.email),
  resolveProfile: async (_db, ref) => ref,
  audiences: {
    page: async () => ({ ids: [], next: null }),
    size: async () => 0,
    among: async (_db, _audience, ids) => new Set(ids),
    nameOf: async () => null,
  },
  live: noLive,
  timeZone: "UTC",
  zonesOfStores: async () => new Map(),
});
process.stdout.write(`sent ${await messages.sendDue()}\n`);
