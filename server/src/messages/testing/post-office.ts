import { pino } from "pino";

import { append, type KilimEvent, readInbox, SHARDS, unpack } from "../../collect/index.ts";
import { refuse } from "../../platform/errors.ts";
import { type App, buildApp } from "../../platform/http.ts";
import { newId } from "../../platform/ids.ts";
import { createWorld, type World } from "../../platform/testing/world.ts";
import type { Consent, ConsentEntry, Profile } from "../../profiles/contracts.ts";
import type { Audience } from "../broadcasts/contracts.ts";
import type { LiveCart } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { createMessages, type Messages } from "../index.ts";
import { createTrackingTokens, type TrackingTokens } from "../tracking/tokens.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { noLive } from "./no-live.ts";

export const PUBLIC_URL = "http://kilim.test";

/** The room on a real database and a real mail server; people, carts and stock are what a test says they are. */
export interface PostOffice {
  readonly world: World;
  readonly messages: Messages;
  readonly deps: MessagesDeps;
  readonly mail: MailServer;
  readonly app: App;
  readonly tokens: TrackingTokens;
  readonly people: Map<string, Profile>;
  readonly carts: Map<string, LiveCart>;
  readonly stock: Map<string, number>;
  /** What a message costs, by channel. */
  readonly costs: Map<string, { readonly amount: number; readonly currency: string }>;
  /** segment or list id → who is in it. */
  readonly audiences: Map<string, Set<string>>;
  addPerson(traits: Record<string, string>, consent?: Consent): string;
  changeConsent(profileId: string, marketing: ConsentEntry): void;
  /** Another worker on the same database, as a second node would have. */
  anotherWorker(): Messages;
  /** What our rooms have told the timelines so far. */
  events(): Promise<KilimEvent[]>;
  close(): Promise<void>;
}

export const granted: Consent = {
  email: { marketing: { state: "granted", at: "2026-01-01T00:00:00.000Z", source: "test" } },
};

export async function openPostOffice(options: { smtp: boolean } = { smtp: true }): Promise<PostOffice> {
  const world = await createWorld();
  const mail = await startMailServer();
  const people = new Map<string, Profile>();
  const carts = new Map<string, LiveCart>();
  const stock = new Map<string, number>();
  const audiences = new Map<string, Set<string>>();
  const costs: PostOffice["costs"] = new Map();
  const membersOf = (audience: Audience) =>
    audiences.get("segment_id" in audience ? audience.segment_id : audience.list_id);
  const log = pino({ level: "silent" });
  const deps: MessagesDeps = {
    db: world.db,
    history: world.history,
    clock: world.clock,
    bus: world.bus,
    secrets: world.secrets,
    log,
    publicUrl: PUBLIC_URL,
    smtpUrl: options.smtp ? mail.url : null,
    mailFrom: "Kilim <hello@kilim.test>",
    outboundAllow: ["127.0.0.0/8"],
    brand: { name: "Kilim", url: "https://shop.test", cart_url: "https://shop.test/cart" },
    loadProfiles: async (_db, ids) => new Map([...people].filter(([id]) => ids.includes(id))),
    nameOf: ({ traits }) => String(traits.first_name ?? traits.email),
    resolveProfile: async (_db, ref) => {
      if (people.has(ref)) return ref;
      const byPhone = [...people.values()].find(({ traits }) => ref === `phone:${traits.phone}`);
      if (byPhone) return byPhone.id;
      throw refuse("not_found");
    },
    audiences: {
      async page(_db, audience, after, limit) {
        const ids = [...(membersOf(audience) ?? [])].sort().filter((id) => id > String(after?.[0] ?? ""));
        const page = ids.slice(0, limit);
        return { ids: page, next: ids.length > limit ? [page.at(-1) ?? ""] : null };
      },
      size: async (_db, audience) => membersOf(audience)?.size ?? 0,
      among: async (_db, audience, ids) => new Set(ids.filter((id) => membersOf(audience)?.has(id))),
      nameOf: async (_db, audience) => (membersOf(audience) ? "Everybody" : null),
    },
    live: {
      ...noLive,
      cartsOf: async (ids) => new Map([...carts].filter(([id]) => ids.includes(id))),
      stockOf: async (ids) => new Map(ids.map((id) => [id, stock.get(id) ?? 0])),
    },
    timeZone: "UTC",
    zonesOfStores: async () => new Map(),
    messageCosts: async () => costs,
    tell: append,
  };
  const messages = createMessages(deps);
  const app = buildApp({
    authenticate: async () => ({ kind: "secret", keyId: "k", source: "test" }),
    log,
    publicUrl: PUBLIC_URL,
  });
  messages.routes?.(app);
  await app.ready();
  return {
    world,
    messages,
    deps,
    mail,
    app,
    tokens: createTrackingTokens(world.secrets),
    people,
    carts,
    stock,
    costs,
    audiences,
    addPerson(traits, consent = granted) {
      const id = newId(world.clock);
      people.set(id, {
        id,
        traits,
        computed: { preferred_store: null } as Profile["computed"],
        consent,
        first_seen: "",
        last_seen: "",
      });
      return id;
    },
    changeConsent(profileId, marketing) {
      const profile = people.get(profileId);
      if (profile) people.set(profileId, { ...profile, consent: { email: { marketing } } });
    },
    anotherWorker: () => createMessages(deps),
    async events() {
      const found: KilimEvent[] = [];
      for (let shard = 0; shard < SHARDS; shard++) {
        for (const row of await readInbox(world.db, [shard], 10_000)) found.push(...unpack(row));
      }
      return found.sort((a, b) => a.timestamp.localeCompare(b.timestamp));
    },
    async close() {
      await app.close();
      await mail.close();
      await world.close();
    },
  };
}
