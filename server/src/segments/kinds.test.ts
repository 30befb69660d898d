import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

import type { JourneyView } from "../journeys/contracts.ts";
import { inTransaction } from "../platform/db.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { ConditionKind, SegmentView } from "./contracts.ts";
import { readSegment } from "./read-segments.ts";
import { createHarness, type Harness, personId } from "./testing/harness.ts";

const schema = z.strictObject({ lives_in: z.object({ region: z.string() }) });
const regions = new Map([["aegean", ["Izmir", "Manisa"]]]);
const regionKind: ConditionKind = {
  key: "lives_in.region",
  schema,
  meaning: async () => (node) => {
    const cities = regions.get(schema.parse(node).lives_in.region);
    return cities ? { trait: "city", op: "in", value: cities } : { problem: "there is no such region" };
  },
};

describe("SEG-21 a condition of another room means what that room says, now", () => {
  let h: Harness;
  beforeAll(async () => {
    h = await createHarness({ kinds: [regionKind] });
    for (const [n, city] of ["Izmir", "Manisa", "Ankara"].entries()) await h.setTraits(personId(n), { city });
  });
  afterAll(() => h.close());

  it("is written out when the segment comes to life, also inside others, and anew when its meaning changes", async () => {
    const inner = await h.segments.createSegment({ name: "Coast", definition: { lives_in: { region: "aegean" } } });
    const outer = await h.segments.createSegment({ name: "Away", definition: { not: { in_segment: inner } } });
    const plain = await h.segments.createSegment({ name: "Plain", definition: { trait: "city", op: "exists" } });
    await h.segments.drain();
    expect(await h.members(inner)).toEqual([personId(0), personId(1)]);
    expect(await h.members(outer)).toEqual([personId(2)]);
    regions.set("aegean", ["Izmir"]);
    await inTransaction(h.world.db, (tx) => h.segments.refreshMeanings(tx));
    expect(await readSegment(h.world.db, plain)).toMatchObject({ state: "live" });
    expect(await h.members(inner)).toEqual([personId(0), personId(1)]);
    await h.segments.drain();
    await h.sweep();
    expect(await h.members(inner)).toEqual([personId(0)]);
    expect(await h.members(outer)).toEqual([personId(1), personId(2)]);
    expect(h.heard().map(({ segmentId, profileId, kind }) => [segmentId, profileId, kind])).toEqual([
      [inner, personId(1), "exited"],
      [outer, personId(1), "entered"],
    ]);
    regions.delete("aegean");
    await inTransaction(h.world.db, (tx) => h.segments.refreshMeanings(tx));
    await h.segments.drain();
    expect(await h.members(inner)).toEqual([]);
  });

  it("means what it says now also in a segment whose first fill had begun with the meaning of before", async () => {
    regions.set("capital", ["Ankara"]);
    await h.happen(personId(2), [
      { name: "Order Completed", channel: "web", properties: {}, at: h.world.clock.now().epochMilliseconds },
    ]);
    const id = await h.segments.createSegment({
      name: "Bought in the capital",
      definition: { all: [{ lives_in: { region: "capital" } }, { did: "Order Completed" }] },
    });
    // It has begun, and waits for History to have the order.
    await h.segments.drain();
    regions.set("capital", ["Istanbul"]);
    await inTransaction(h.world.db, (tx) => h.segments.refreshMeanings(tx));
    await h.ship();
    await h.segments.drain();
    expect(await readSegment(h.world.db, id)).toMatchObject({ state: "live", size: 0 });
  });

  it("is refused with its path when it is badly written or means nothing", async () => {
    const create = (definition: unknown) => h.segments.createSegment({ name: "Bad", definition });
    await expect(create({ any: [{ lives_in: { region: "atlantis" } }] })).rejects.toMatchObject({
      fields: [{ path: "definition.any.0", message: "there is no such region" }],
    });
    await expect(create({ not: { lives_in: { region: 5 } } })).rejects.toMatchObject({
      fields: [{ path: "definition.not.lives_in.region" }],
    });
  });
});

describe("SEG-21 kinds that rooms have registered", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await createServer();
  });
  afterAll(() => server.close());

  const preview = (definition: object) =>
    server.call<{ size: number; errors?: { path: string }[] }>("POST", "/v1/segments/preview", { definition });

  it("tells who opened a message, who took their consent back by it and who is on a journey", async () => {
    const template = "019a0000-0000-7000-8000-0000000000aa";
    const track = (userId: string, event: string, properties: object) => ({
      type: "track",
      event,
      userId,
      properties,
      messageId: `${userId} ${event}`,
    });
    const batch = [
      track("ann", "Email Opened", { template_id: template }),
      track("bob", "Email Opened", { template_id: null }),
      track("cem", "WhatsApp Opened", { template_id: null }),
      track("bob", "Consent Changed", {
        channel: "email",
        purpose: "marketing",
        state: "denied",
        source: "unsubscribe_link",
        template_id: template,
      }),
    ];
    await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
    await server.settle();
    expect((await preview({ message: "opened" })).body.size).toBe(3);
    expect((await preview({ message: "opened", channel: "whatsapp" })).body.size).toBe(1);
    expect((await preview({ message: "opened", count: { op: "eq", value: 0 } })).body.size).toBe(0);
    expect((await preview({ message: "opened", channel: "email", count: { op: "eq", value: 0 } })).body.size).toBe(1);
    expect((await preview({ message: "opened", template, within: "P1D" })).body.size).toBe(1);
    expect((await preview({ message: "opened", count: { op: "gte", value: 2 } })).body.size).toBe(0);
    expect((await preview({ message: "unsubscribed", template })).body.size).toBe(1);
    expect((await preview({ message: "read" })).body.errors).toMatchObject([{ path: "definition.message" }]);
    expect((await preview({ in_journey: template, state: "active" })).body.errors).toMatchObject([
      { path: "definition" },
    ]);
    expect((await preview({ near: { store: template, km: 5 } })).body.errors).toMatchObject([{ path: "definition" }]);
  });

  it("lets people into and out of a segment with their journey", async () => {
    const graph = {
      entry: { kind: "event", event: "Started" },
      start: "rest",
      nodes: { rest: { kind: "wait", duration: "P1D", next: "end" }, end: { kind: "exit" } },
    };
    const journey = await server.call<{ id: string }>("POST", "/v1/journeys", { name: "Rest", graph });
    expect(journey.status, JSON.stringify(journey.body)).toBe(201);
    await server.call("POST", `/v1/journeys/${journey.body.id}/publish`);
    const create = async (state: string) => {
      const made = await server.call<SegmentView>("POST", "/v1/segments", {
        name: state,
        definition: { in_journey: journey.body.id, state },
      });
      return made.body.id;
    };
    const ids = [await create("active"), await create("completed"), await create("ever")];
    const sizes = async () => {
      await server.settle();
      const found = ids.map((id) => server.call<SegmentView>("GET", `/v1/segments/${id}`));
      return (await Promise.all(found)).map(({ body }) => body.size);
    };
    const start = async (userId: string) => {
      const batch = [{ type: "track", event: "Started", userId, messageId: `start ${userId}` }];
      await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
    };
    await server.settle();
    await start("ann");
    expect(await sizes()).toEqual([1, 0, 1]);
    server.clock.advance("P1D");
    expect(await sizes()).toEqual([0, 1, 1]);
    await start("bob");
    expect(await sizes()).toEqual([1, 1, 2]);
    await server.call("POST", `/v1/journeys/${journey.body.id}/archive`);
    expect(await sizes()).toEqual([0, 1, 2]);
  });

  it("knows who drew which arm of a journey's experiment, and who was sent which variant of a broadcast", async () => {
    const graph = {
      entry: { kind: "event", event: "Drawn" },
      start: "offer",
      goal: { event: "Order Completed" },
      nodes: {
        offer: {
          kind: "experiment",
          variants: [
            { name: "A", share: 50, next: "end" },
            { name: "B", share: 50, next: "rest" },
          ],
          holdout: { share: 20, next: "end" },
        },
        rest: { kind: "wait", duration: "P1D", next: "end" },
        end: { kind: "exit" },
      },
    };
    const made = await server.call<{ id: string }>("POST", "/v1/journeys", { name: "Offer", graph });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const journey = made.body.id;
    await server.call("POST", `/v1/journeys/${journey}/publish`);
    const arms = ["A", "B", "holdout"];
    const inArm = (arm?: string) => ({ in_experiment: { journey, node: "offer", arm } });
    const ids: string[] = [];
    for (const arm of arms) {
      const one = await server.call<SegmentView>("POST", "/v1/segments", {
        name: `Arm ${arm}`,
        definition: inArm(arm),
      });
      ids.push(one.body.id);
    }
    await server.settle();
    const people = Array.from({ length: 40 }, (_, n) => `drawn-${n}`);
    const batch = people.map((userId) => ({ type: "track", event: "Drawn", userId, messageId: `draw ${userId}` }));
    await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
    await server.settle();
    const sizes = [];
    for (const id of ids) sizes.push((await server.call<SegmentView>("GET", `/v1/segments/${id}`)).body.size);
    const { ways } = (await server.call<JourneyView>("GET", `/v1/journeys/${journey}`)).body;
    const passed = ["variants.0.next", "variants.1.next", "holdout.next"].map((way) => ways[`offer/${way}`]?.passed);
    expect(sizes).toEqual(passed);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect((await preview(inArm())).body.size).toBe(40);
    expect(await Promise.all(arms.map(async (arm) => (await preview(inArm(arm))).body.size))).toEqual(sizes);
    expect((await preview({ in_experiment: { journey: ids[0], node: "offer" } })).body.errors).toMatchObject([
      { path: "definition", message: "there is no such journey" },
    ]);
    expect((await preview({ in_experiment: { broadcast: journey, arm: "A" } })).body.errors).toMatchObject([
      { path: "definition", message: "there is no such broadcast (any more)" },
    ]);
  });
});
