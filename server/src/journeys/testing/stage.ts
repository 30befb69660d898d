import { pino } from "pino";

import { append, type KilimEvent, newEvent } from "../../collect/index.ts";
import { createImagination } from "../../imagination.ts";
import { openPostOffice, type PostOffice } from "../../messages/testing/post-office.ts";
import { inTransaction } from "../../platform/db.ts";
import { type App, buildApp } from "../../platform/http.ts";
import type { Batch, Merge } from "../../profiles/contracts.ts";
import type { MembershipChange } from "../../segments/contracts.ts";
import type { Note } from "../contracts.ts";
import { createJourneys, type Journeys, type JourneysGiven } from "../index.ts";
import { CARTS, fakeSegments } from "./fake-segments.ts";

export { CARTS };

/** Journeys and messages on a real database and mail server; segments are what a test says they are. */
export interface Stage {
  readonly office: PostOffice;
  readonly journeys: Journeys;
  readonly deps: JourneysGiven;
  readonly app: App;
  /** A template to send. */
  readonly template: string;
  /** Which conditions hold, who is in which segment: `profile trait`, `segment profile`. */
  readonly holds: Set<string>;
  /** Who is on a list or in a segment, by its id. */
  readonly audiences: Map<string, string[]>;
  event(name: string, more?: Partial<KilimEvent>): KilimEvent;
  /** Works a batch in, as the pipeline does; returns what joined the timelines. */
  batch(
    events: readonly (readonly [profileId: string, event: KilimEvent])[],
    changes?: readonly MembershipChange[],
  ): Promise<KilimEvent[]>;
  enters(profileId: string, more?: Partial<MembershipChange>): MembershipChange;
  leaves(profileId: string): MembershipChange;
  merge(merges: readonly Merge[]): Promise<void>;
  publish(graph: object): Promise<string>;
  runs(journeyId: string, query?: string): Promise<RunShape[]>;
  view(
    journeyId: string,
  ): Promise<{ counts: Record<string, number>; entered: number; active: number; converted: number; version: number }>;
  anotherWorker(): Journeys;
}

interface RunShape {
  readonly id: string;
  readonly profile_id: string;
  readonly node: string;
  readonly status: string;
  readonly business_key: string;
  readonly version: number;
  readonly wake_at: string | null;
  readonly exit_reason: string | null;
  readonly converted_at: string | null;
  readonly steps: { node: string; note: Note }[];
}

export async function openStage(more: Partial<JourneysGiven> = {}): Promise<Stage> {
  const office = await openPostOffice();
  const { world, messages } = office;
  const holds = new Set<string>();
  const audiences = new Map<string, string[]>();
  const log = pino({ level: "silent" });
  const deps: JourneysGiven = {
    db: world.db,
    clock: world.clock,
    bus: world.bus,
    secrets: world.secrets,
    log,
    messages,
    segments: fakeSegments(holds, audiences),
    loadProfiles: office.deps.loadProfiles,
    resolveProfile: office.deps.resolveProfile,
    peopleByDate: async (_db, trait, days, after, limit) =>
      [...office.people.values()]
        .filter(({ id, traits }) => {
          const date = traits[trait];
          const isDay = typeof date === "string" && days.some((day) => day === date || day === date.slice(5));
          return isDay && (after === null || id > after);
        })
        .map(({ id }) => id)
        .sort()
        .slice(0, limit),
    tell: (tx, events) => append(tx, events),
    imagination: createImagination(),
    outboundAllow: ["127.0.0.0/8", "::1/128"],
    timeZone: "Europe/Istanbul",
    ...more,
  };
  const journeys = createJourneys(deps);
  const app = buildApp({
    authenticate: async () => ({ kind: "secret", keyId: "k", source: "test" }),
    log,
    publicUrl: "http://kilim.test",
  });
  journeys.routes?.(app);
  await app.ready();
  const created = await office.app.inject({
    method: "POST",
    url: "/v1/templates",
    payload: { name: "Mail", contents: { en: { subject: "Hi {{ event.order_id }}", body: "Hello" } } },
  });
  const template: string = created.json().id;
  const now = () => world.clock.now().toString({ smallestUnit: "millisecond" });
  const change = (profileId: string, kind: "entered" | "exited"): MembershipChange => ({
    segmentId: CARTS,
    segmentName: "Carts",
    profileId,
    kind,
    at: now(),
    historical: false,
  });
  let serial = 0;
  return {
    office,
    journeys,
    deps,
    app,
    template,
    holds,
    audiences,
    event: (name, more) =>
      newEvent(world.clock, { messageId: `e${++serial}`, source: "test", name, channel: "web", ...more }),
    batch: (events, changes = []) =>
      inTransaction(world.db, (tx) => {
        const folded = events.map(([profileId, event]) => ({ profileId, event }));
        const batch: Batch = {
          now: world.clock.now(),
          events: folded,
          profiles: new Map(),
          changed: new Map(),
          merges: [],
        };
        return journeys.onBatch(tx, batch, changes);
      }),
    enters: (profileId, more) => ({ ...change(profileId, "entered"), ...more }),
    leaves: (profileId) => change(profileId, "exited"),
    merge: (merges) =>
      inTransaction(world.db, async (tx) => {
        await messages.onMerge(tx, merges);
        await journeys.onMerge(tx, merges);
      }),
    async publish(graph) {
      const answer = await app.inject({ method: "POST", url: "/v1/journeys", payload: { name: "Journey", graph } });
      if (answer.statusCode !== 201) throw new Error(answer.body);
      const { id } = answer.json();
      const published = await app.inject({ method: "POST", url: `/v1/journeys/${id}/publish` });
      if (published.statusCode !== 200) throw new Error(published.body);
      return id;
    },
    runs: async (id, query = "") => (await app.inject(`/v1/journeys/${id}/runs${query}`)).json().items,
    view: async (id) => (await app.inject(`/v1/journeys/${id}`)).json(),
    anotherWorker: () => createJourneys(deps),
  };
}

export async function closeStage(stage: Stage): Promise<void> {
  await stage.app.close();
  await stage.office.close();
}
