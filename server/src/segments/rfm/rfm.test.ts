import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Page } from "../../platform/pages.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { SegmentView } from "../contracts.ts";
import { DAY_MS } from "../predicates/times.ts";
import type { RfmView } from "./shapes.ts";

/** Fifty customers in the whole server: the more recent, the more often and for the more. */
const PEOPLE = 50;
let server: TestServer;
beforeAll(async () => {
  server = await createServer();
  await order(
    Array.from({ length: PEOPLE }, (_, nth) =>
      Array.from({ length: Math.ceil((PEOPLE - nth) / 10) }, (_, order) => ({
        who: nth,
        ago: 2 * nth + order / 10 + 1,
      })),
    ).flat(),
  );
});
afterAll(() => server.close());

let serial = 0;
async function order(orders: readonly { who: number; ago: number }[]): Promise<void> {
  const now = server.clock.now().epochMilliseconds;
  const batch = orders.map(({ who, ago }) => ({
    type: "track",
    event: "Order Completed",
    userId: `u${who}`,
    messageId: `o${++serial}`,
    timestamp: new Date(now - ago * DAY_MS).toISOString(),
    properties: { revenue: 100 - who, currency: "EUR" },
  }));
  const { status } = await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
  expect(status).toBe(200);
  await server.settle();
}

async function rfm(): Promise<RfmView> {
  return (await server.call<RfmView>("GET", "/v1/segments/rfm")).body;
}

async function segment(name: string, rfmOf: unknown): Promise<string> {
  const { status, body } = await server.call<SegmentView>("POST", "/v1/segments", { name, definition: { rfm: rfmOf } });
  expect(status, JSON.stringify(body)).toBe(201);
  await server.settle();
  return body.id;
}

async function size(id: string): Promise<number> {
  return (await server.call<SegmentView>("GET", `/v1/segments/${id}`)).body.size;
}

async function told(who: number): Promise<string[]> {
  const { body } = await server.call<Page<{ event: string; properties: { segment_name?: string } }>>(
    "GET",
    `/v1/profiles/user_id:u${who}/events`,
  );
  return body.items
    .filter((item) => item.event.startsWith("Segment "))
    .map((item) => `${item.event} ${item.properties.segment_name}`)
    .reverse();
}

describe("RFM-5 boundaries come into force at one instant, and only real changes are told", () => {
  let champions: string;
  let hibernating: string;

  it("before there are any, nobody has a score", async () => {
    expect(await rfm()).toMatchObject({ version: null, cells: [], unscored: 0 });
    champions = await segment("Champions", "champions");
    hibernating = await segment("Hibernating", { recency: [1, 2], frequency: [1, 2] });
    expect([await size(champions), await size(hibernating)]).toEqual([0, 0]);
  });

  it("segments that ask for scores are filled with the first ones, and hold whom the grid holds", async () => {
    const { status, body } = await server.call<RfmView>("POST", "/v1/segments/rfm/recompute");
    expect(status).toBe(200);
    expect(body.version).toMatchObject({
      people: PEOPLE,
      recency: [81, 61, 41, 21],
      frequency: [1, 2, 3, 4],
      monetary: [{ currency: "EUR" }],
    });
    // Three at night in Istanbul.
    expect(body.next_at).toBe("2026-03-03T00:00:00Z");
    await server.settle();
    const group = (name: string) => body.groups.find((one) => one.name === name)?.people;
    expect([await size(champions), await size(hibernating)]).toEqual([group("champions"), group("hibernating")]);
    expect([await size(champions), await size(hibernating)]).toEqual([10, 20]);
    expect(body.groups.reduce((sum, { people }) => sum + people, 0)).toBe(PEOPLE);
    expect(await told(0)).toEqual(["Segment Entered Champions"]);
  });

  it("follows an order at once, and the days to the instant", async () => {
    await order([{ who: 45, ago: 0 }]);
    expect(await told(45)).toEqual(["Segment Entered Hibernating", "Segment Exited Hibernating"]);
    // Recency 5 ends with the 21st day.
    await order([20.5, 30, 40, 50].map((ago) => ({ who: 200, ago })));
    expect(await told(200)).toEqual(["Segment Entered Champions"]);
    server.clock.advance("PT11H59M59.999S");
    await server.settle();
    expect(await told(200)).toEqual(["Segment Entered Champions"]);
    server.clock.advance("PT0.001S");
    await server.settle();
    expect(await told(200)).toEqual(["Segment Entered Champions", "Segment Exited Champions"]);
  });

  it("moves with the population: who stays in hears nothing of it", async () => {
    await order(
      Array.from({ length: 20 }, (_, nth) =>
        [0, 1, 2, 3, 4, 5].map((ago) => ({ who: 100 + nth, ago: nth + ago })),
      ).flat(),
    );
    expect(await told(100)).toEqual(["Segment Entered Champions"]);
    const { body } = await server.call<RfmView>("POST", "/v1/segments/rfm/recompute");
    await server.settle();
    expect(body.version?.people).toBe(PEOPLE + 21);
    expect(await size(champions)).toBe(body.groups.find(({ name }) => name === "champions")?.people);
    expect(await told(100)).toEqual(["Segment Entered Champions"]);
    expect(await told(8)).toEqual(["Segment Entered Champions", "Segment Exited Champions"]);
    const versions = await server.call<Page<{ people: number }>>("GET", "/v1/segments/rfm/versions?limit=1");
    expect(versions.body.items).toMatchObject([{ people: PEOPLE + 21 }]);
    const older = await server.call<Page<{ people: number }>>(
      "GET",
      `/v1/segments/rfm/versions?limit=1&after=${versions.body.next}`,
    );
    expect(older.body).toMatchObject({ items: [{ people: PEOPLE }], next: null });
  });
});

describe("SEG-8 a bad condition is refused with its path", () => {
  it.each([
    [{ rfm: "winners" }],
    [{ rfm: {} }],
    [{ rfm: { recency: [6] } }],
    [{ rfm: { recency: [] } }],
    [{ rfm: { loyalty: [1] } }],
  ])("%j", async (definition) => {
    const { status, body } = await server.call<{ code: string; errors: { path: string }[] }>(
      "POST",
      "/v1/segments/preview",
      { definition: { all: [definition] } },
    );
    expect(status).toBe(400);
    expect(body.errors[0]?.path).toMatch(/^definition\.all\.0\.rfm/);
  });
});
