import { newEvent } from "../../collect/index.ts";
import { inTransaction, sql } from "../../platform/db.ts";
import type { JsonObject } from "../../platform/json.ts";
import { createLog } from "../../platform/log.ts";
import { createWorld, type World } from "../../platform/testing/world.ts";
import type { Batch, FoldedEvent, Merge, Profile } from "../../profiles/contracts.ts";
import type { ConditionKind, MembershipChange } from "../contracts.ts";
import { updateSegment } from "../create-segment.ts";
import { createSegments, type Segments, type SegmentsDeps } from "../index.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import type { Bounds } from "../predicates/settle-series.ts";
import { emptyComputed, LIST } from "./arbitraries.ts";

type EventRow = Awaited<ReturnType<SegmentsDeps["unshippedOf"]>>[number];

/** The room on both real engines, with a pipeline reduced to what the room sees of it. */
export interface Harness {
  readonly world: World;
  readonly segments: Segments;
  readonly profiles: Map<string, Profile>;
  /** Everything told since the last call. */
  heard(): MembershipChange[];
  happen(
    who: string,
    events: readonly PastEvent[],
    options?: { historical?: boolean; changed?: readonly string[] },
  ): Promise<void>;
  merge(from: string, into: string): Promise<void>;
  setTraits(who: string, traits: JsonObject, removed?: readonly string[]): Promise<void>;
  /** Sends what has been folded to History. */
  ship(): Promise<void>;
  /** Moves the clock without sweeping. */
  sleepUntil(ms: number): void;
  sweep(): Promise<void>;
  edit(segmentId: string, given: { readonly name?: string; readonly definition?: unknown }): Promise<void>;
  members(segmentId: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function createHarness({
  kinds = [],
  bounds,
}: {
  readonly kinds?: readonly ConditionKind[];
  readonly bounds?: Bounds;
} = {}): Promise<Harness> {
  const world = await createWorld();
  const grammar = { kinds, timeZone: "America/New_York" };
  await sql`insert into segments.lists (id, name, created_at) values (${LIST}, 'nobody', '2026-01-01')`.execute(
    world.db,
  );
  const profiles = new Map<string, Profile>();
  const unshipped: { table: string; row: object; batch: number }[] = [];
  let changes: MembershipChange[] = [];
  let lastBatch = 0;
  const leads = new Map<string, string>();
  const leadsTo = (id: string) => [...leads].flatMap(([from, into]) => (into === id ? [from] : []));
  const segments = createSegments({
    db: world.db,
    history: world.history,
    clock: world.clock,
    bus: world.bus,
    grammar,
    log: createLog("test", "fatal"),
    loadProfiles: async (_db, ids) =>
      new Map(ids.flatMap((id) => (profiles.has(id) ? [[id, profiles.get(id) as Profile]] : []))),
    sampleProfiles: async () => [...profiles.values()],
    placesOf: async (_db, id) => ({ ids: [id, ...leadsTo(id)], under: [], guests: [] }),
    unshippedOf: async (_db, ids) =>
      unshipped.flatMap(({ table, row }) =>
        table === "events" && ids.includes((row as EventRow).profile_id) ? [row as EventRow] : [],
      ),
    ...(bounds ? { bounds } : {}),
    watermark: async () => lastBatch,
    openFile: () => Promise.reject(new Error("no files here")),
    hasFile: () => false,
    findProfiles: async (_db, references) => references.map(() => null),
    identifiersOf: async () => [],
    onTheirWay: async () =>
      new Set(unshipped.flatMap(({ row }) => Object.values(row).filter((value) => typeof value === "string"))),
    atOnce: { chunk: 5, slice: 3 },
    isShipped: async (_db, watermark) => unshipped.every(({ batch }) => batch > watermark),
  });

  async function fold(
    events: readonly FoldedEvent[],
    merges: readonly Merge[],
    changed: Map<string, Set<string>>,
  ): Promise<void> {
    const ids = new Set([
      ...events.map((event) => event.profileId),
      ...merges.map((merge) => merge.into),
      ...changed.keys(),
    ]);
    const batch: Batch = {
      now: world.clock.now(),
      events,
      merges,
      changed,
      profiles: new Map([...ids].map((id) => [id, profileOf(id)])),
    };
    const made = await inTransaction(world.db, async (tx) => {
      const told = await segments.foldBatch(tx, batch);
      // As in the pipeline, the batch gets its number once it has folded.
      note(events, merges, ++lastBatch);
      return told;
    });
    changes.push(...made);
  }

  function note(events: readonly FoldedEvent[], merges: readonly Merge[], batch: number): void {
    for (const { event, profileId } of events) {
      const { name, channel, timestamp, messageId, receivedAt } = event;
      const properties = JSON.stringify(event.properties);
      const ids = { profile_id: profileId, message_id: messageId, batch };
      unshipped.push({
        table: "events",
        row: { ...ids, timestamp, name, channel, properties, received_at: receivedAt },
        batch,
      });
    }
    for (const { from, into } of merges) {
      const moved = [from, ...leadsTo(from)];
      for (const id of moved) {
        leads.set(id, into);
        unshipped.push({ table: "profile_overrides", row: { from_id: id, into_id: into, version: batch }, batch });
      }
    }
  }

  function profileOf(id: string): Profile {
    const at = world.clock.now().toString();
    const profile = profiles.get(id) ?? {
      id,
      traits: {},
      computed: emptyComputed,
      consent: {},
      first_seen: at,
      last_seen: at,
    };
    profiles.set(id, profile);
    return profile;
  }

  let message = 0;
  return {
    world,
    segments,
    profiles,
    heard() {
      const told = changes;
      changes = [];
      return told;
    },
    async happen(who, events, { historical = false, changed = [] } = {}) {
      const folded = events.map((event) => ({
        profileId: who,
        event: newEvent(world.clock, {
          messageId: `m${message++}`,
          source: "test",
          name: event.name,
          channel: event.channel,
          properties: event.properties,
          timestamp: new Date(event.at).toISOString(),
          historical,
        }),
      }));
      await fold(folded, [], new Map(changed.length > 0 ? [[who, new Set(changed)]] : []));
    },
    async merge(from, into) {
      profileOf(into);
      profiles.delete(from);
      await fold([], [{ from, into }], new Map());
    },
    async setTraits(who, traits, removed = []) {
      profiles.set(who, { ...profileOf(who), traits });
      await fold(
        [],
        [],
        new Map([[who, new Set([...Object.keys(traits), ...removed].map((name) => `trait:${name}`))]]),
      );
    },
    async ship() {
      const shipping = [...unshipped];
      for (const table of ["events", "profile_overrides"]) {
        const rows = shipping.filter((item) => item.table === table).map((item) => item.row);
        if (rows.length > 0) await world.history.insert(table, rows);
      }
      unshipped.splice(0, shipping.length);
    },
    sleepUntil(ms) {
      const instant = Temporal.Instant.fromEpochMilliseconds(ms);
      if (Temporal.Instant.compare(instant, world.clock.now()) > 0) world.clock.set(instant);
    },
    async sweep() {
      for (let isWaiting = true; isWaiting; ) {
        for (let more = true; more; ) {
          const due = await inTransaction(world.db, (tx) => segments.takeDue(tx, world.clock.now(), 100));
          changes.push(...due.changes);
          more = due.more;
        }
        isWaiting = (await segments.countBeyond(world.db)).waiting > 0;
        if (isWaiting) await segments.decideWaiting();
      }
    },
    edit: (segmentId, given) => updateSegment({ ...world, grammar }, segmentId, given),
    async members(segmentId) {
      const found = await sql<{ profile_id: string }>`
        select profile_id from segments.memberships
        where rule_id = (select rule_id from segments.segments where id = ${segmentId}) order by profile_id`.execute(
        world.db,
      );
      return found.rows.map((row) => row.profile_id);
    },
    close: () => world.close(),
  };
}

export function personId(n: number): string {
  return `019a1111-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}
