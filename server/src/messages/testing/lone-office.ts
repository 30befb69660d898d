import { pino } from "pino";

import { append } from "../../collect/index.ts";
import { PgBus } from "../../platform/bus.ts";
import { VirtualClock } from "../../platform/clock.ts";
import { type DbOptions, openDb } from "../../platform/db.ts";
import { openHistory } from "../../platform/history.ts";
import { createSecrets } from "../../platform/secrets.ts";
import type { Profile } from "../../profiles/contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { noLive } from "./no-live.ts";

export interface LoneOffice {
  readonly database: DbOptions;
  readonly now: string;
  readonly smtpUrl: string;
  readonly publicUrl: string;
  readonly people: readonly Profile[];
}

/** What the room needs in a process of its own, for tests that kill it. Its clock stands still. */
export async function openLoneOffice(given: LoneOffice): Promise<MessagesDeps> {
  const { db, pool } = openDb(given.database);
  return {
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
    loadProfiles: async (_db, ids) =>
      new Map(given.people.filter(({ id }) => ids.includes(id)).map((profile) => [profile.id, profile])),
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
    messageCosts: async () => new Map(),
    tell: append,
  };
}
