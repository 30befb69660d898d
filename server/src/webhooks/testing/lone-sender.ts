/** A worker of its own process, for tests that kill it. Its one argument is a `LoneSender` as JSON. */
import { pino } from "pino";

import { PgBus } from "../../platform/bus.ts";
import { VirtualClock } from "../../platform/clock.ts";
import { type DbOptions, openDb } from "../../platform/db.ts";
import { createSecrets } from "../../platform/secrets.ts";
import { createWebhooks } from "../index.ts";

export interface LoneSender {
  readonly database: DbOptions;
  readonly now: string;
  /** Stands still after the claim, before anybody is told. */
  readonly isStuck: boolean;
}

const given = JSON.parse(process.argv[2] ?? "") as LoneSender;
const { db, pool } = openDb(given.database);
const webhooks = createWebhooks({
  db,
  clock: new VirtualClock(given.now),
  bus: await PgBus.open(pool),
  secrets: createSecrets(Buffer.alloc(32, 7)),
  log: pino({ level: "silent" }),
  outboundAllow: ["127.0.0.0/8"],
  segmentsExist: async () => new Set(),
  userIdsOf: async () => (given.isStuck ? await new Promise(() => {}) : new Map()),
});
await webhooks.sendDue();
