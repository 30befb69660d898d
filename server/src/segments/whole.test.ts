import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { SegmentView } from "./contracts.ts";

/** The room in the whole server: collected over HTTP, worked in by the real pipeline, swept and shipped. */
let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

let serial = 0;
async function send(who: object, event: string, properties: object = {}, extra: object = {}): Promise<void> {
  const one = { type: "track", event, properties, messageId: `w${++serial}`, ...who, ...extra };
  const { status } = await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch: [one] });
  expect(status).toBe(200);
  await server.settle();
}

async function create(name: string, definition: object): Promise<string> {
  const { status, body } = await server.call<SegmentView>("POST", "/v1/segments", { name, definition });
  expect(status, JSON.stringify(body)).toBe(201);
  await server.settle();
  expect((await server.call<SegmentView>("GET", `/v1/segments/${body.id}`)).body.state).toBe("live");
  return body.id;
}

async function sizes(id: string): Promise<[live: number, preview: number]> {
  const { body } = await server.call<SegmentView>("GET", `/v1/segments/${id}`);
  const preview = await server.call<{ size: number }>("POST", "/v1/segments/preview", { definition: body.definition });
  return [body.size, preview.body.size];
}

async function timeline(ref: string): Promise<string[]> {
  const { body } = await server.call<{
    items: { event: string; timestamp: string; properties: { segment_name?: string } }[];
  }>("GET", `/v1/profiles/${ref}/events`);
  return body.items
    .filter((item) => item.event.startsWith("Segment "))
    .map((item) => `${item.timestamp} ${item.event} ${item.properties.segment_name}`)
    .reverse();
}

async function advance(duration: string): Promise<void> {
  server.clock.advance(duration);
  await server.settle();
}

describe("SEG-1 a profile is a member exactly while its definition holds", () => {
  it("from the device's request to the timeline, over a merge and thirty days", async () => {
    const bought = await create("Bought lately", { did: "Order Completed", within: "P30D" });
    const cart = await create("Cart", { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" });
    await send({ anonymousId: "phone" }, "Product Added");
    await advance("PT59M");
    expect(await sizes(cart)).toEqual([0, 0]);
    await advance("PT1M");
    expect(await sizes(cart)).toEqual([1, 1]);
    // The laptop is somebody else until both turn out to be Ann.
    await send({ anonymousId: "laptop" }, "Product Added");
    await send({ anonymousId: "laptop", userId: "ann" }, "Product Viewed");
    await send({ anonymousId: "phone", userId: "ann" }, "Product Viewed");
    await advance("PT1H");
    expect(await sizes(cart)).toEqual([1, 1]);
    await send({ userId: "ann" }, "Order Completed", { revenue: 90, currency: "EUR" });
    expect(await sizes(cart)).toEqual([0, 0]);
    expect(await sizes(bought)).toEqual([1, 1]);
    const profile = await server.call<{ segments: { id: string }[] }>("GET", "/v1/profiles/user_id:ann");
    expect(profile.body.segments.map((segment) => segment.id)).toEqual([bought]);
    await advance("PT719H59M59.999S");
    expect(await sizes(bought)).toEqual([1, 1]);
    await advance("PT0.001S");
    expect(await sizes(bought)).toEqual([0, 0]);
    const told = await timeline("user_id:ann");
    expect(told.filter((line) => line.endsWith("Bought lately"))).toEqual([
      "2026-03-02T11:00:00.000Z Segment Entered Bought lately",
      "2026-04-01T11:00:00.000Z Segment Exited Bought lately",
    ]);
    expect(told.at(-2)).toBe("2026-03-02T11:00:00.000Z Segment Exited Cart");
  });

  it("fills a segment made later from History, and tells nobody of historical events", async () => {
    const past = { timestamp: server.clock.now().subtract({ hours: 48 }).toString() };
    const { status } = await server.call("POST", "/v1/import", {
      writeKey: server.writeKey,
      batch: [1, 2].map((nth) => ({
        type: "track",
        event: "Order Completed",
        messageId: `i${nth}`,
        userId: "bob",
        properties: { revenue: 40, currency: "EUR" },
        ...past,
      })),
    });
    expect(status).toBe(200);
    await server.settle();
    const spent = await create("Spent 80", {
      did: "Order Completed",
      sum: { property: "revenue", op: "gte", value: 80 },
      within: "P3D",
    });
    expect(await sizes(spent)).toEqual([1, 1]);
    expect((await timeline("user_id:bob")).filter((line) => line.includes("Bought lately"))).toEqual([]);
    await advance("PT24H");
    expect(await sizes(spent)).toEqual([0, 0]);
  });

  it("counts coming in and leaving as events, those told before anybody asked and those after", async () => {
    const buyers = await create("Buys", { did: "Bought socks", within: "P1D" });
    await send({ userId: "early" }, "Bought socks");
    const entered = { did: "Segment Entered", where: [{ property: "segment_id", op: "is", value: buyers }] };
    const once = await create("Came in", entered);
    const twice = await create("Came in twice", { ...entered, count: { op: "gte", value: 2 } });
    expect(await sizes(once)).toEqual([1, 1]);
    await advance("P2D");
    await send({ userId: "early" }, "Bought socks");
    await send({ userId: "late" }, "Bought socks");
    expect(await sizes(once)).toEqual([2, 2]);
    expect(await sizes(twice)).toEqual([1, 1]);
    expect((await timeline("user_id:early")).filter((line) => line.endsWith(" Buys"))).toHaveLength(3);
  });
});
