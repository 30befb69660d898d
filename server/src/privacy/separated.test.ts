import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import { searchEverything } from "./testing/search-everything.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

let serial = 0;
async function send(...events: object[]): Promise<void> {
  server.clock.advance({ seconds: 1 });
  const batch = events.map((event) => ({
    messageId: `sep-${++serial}`,
    type: "track",
    event: "Product Viewed",
    ...event,
  }));
  await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
  await server.settle();
}
const idOf = async (ref: string) => (await server.call<{ id: string }>("GET", `/v1/profiles/${ref}`)).body.id;
const timeline = async (id: string) =>
  (await server.call<{ items: { message_id: string }[] }>("GET", `/v1/profiles/${id}/events?limit=100`)).body.items
    .map(({ message_id }) => message_id)
    .sort();

/** Two people who were one for a while, with events of both from before, meanwhile and after. */
async function separated(a: string, b: string): Promise<{ host: string; guest: string }> {
  await send({ userId: a }, { anonymousId: b });
  const [host, guest] = [await idOf(`user_id:${a}`), await idOf(`anonymous_id:${b}`)];
  await server.call("POST", "/v1/profiles/merge", { into: host, from: guest, reason: "thought so" });
  await server.settle();
  await send({ userId: a }, { anonymousId: b }, { anonymousId: b });
  const { status, body } = await server.call("POST", "/v1/profiles/unmerge", {
    profile: host,
    from: guest,
    reason: "no",
  });
  expect(status, JSON.stringify(body)).toBe(200);
  await server.settle();
  await send({ userId: a }, { anonymousId: b });
  return { host, guest };
}

async function erase(id: string): Promise<void> {
  await server.call("DELETE", `/v1/profiles/${id}`);
  await server.settle();
  server.clock.advance({ minutes: 5 });
  await server.settle();
}

test("PRI-1 who was one with somebody for a while is erased with what stands under the other's id; the other loses nothing", async () => {
  const { host, guest } = await separated("stays-1", "goes-1");
  const before = await timeline(host);
  expect(before).toHaveLength(3);
  expect(await timeline(guest)).toHaveLength(4);
  await erase(guest);
  expect(await timeline(host)).toEqual(before);
  expect(await searchEverything(server, [guest, "goes-1"])).toEqual([]);
});

test("PRI-1 the other way round: what stands under her id of somebody else stays that one's, also after a refill of History", async () => {
  const { host, guest } = await separated("goes-2", "stays-2");
  const before = await timeline(guest);
  expect(before).toHaveLength(4);
  await erase(host);
  expect(await timeline(guest)).toEqual(before);
  expect(await searchEverything(server, ["goes-2"])).toEqual([]);
  // The shipper compares what History holds with what batches hold by now: nothing is missing, nothing comes twice.
  await server.rooms.pipeline.stop?.();
  await server.rooms.pipeline.start?.();
  await send({ anonymousId: "stays-2" });
  expect(await timeline(guest)).toHaveLength(5);
  expect(await searchEverything(server, ["goes-2"])).toEqual([]);
});
