import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { Receipt } from "./contracts.ts";
import { searchEverything } from "./testing/search-everything.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

interface Profile {
  id: string;
  identifiers: { type: string; value: string }[];
}
interface Suppressed {
  person: { id: string; identifiers: Record<string, number> } | null;
}

let serial = 0;
async function send(...events: object[]): Promise<void> {
  server.clock.advance({ seconds: 1 });
  const batch = events.map((event) => ({
    messageId: `s-${++serial}`,
    type: "track",
    event: "Product Viewed",
    ...event,
  }));
  const { status, body } = await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
  expect(status).toBe(200);
  expect(body).toMatchObject({ success: true });
  await server.settle();
}
const identify = (userId: string, email: string, anonymousId: string) =>
  send({ type: "identify", userId, anonymousId, traits: { email, first_name: `Name of ${userId}` } });
const find = (ref: string) => server.call<Profile>("GET", `/v1/profiles/${encodeURIComponent(ref)}`);
const lookUp = async (type: string, value: string) =>
  (await server.call<Suppressed>("POST", "/v1/suppressed-people/lookup", { type, value })).body.person;

async function erase(ref: string, suppress: boolean): Promise<Receipt> {
  const { status, body } = await server.call<Receipt>("DELETE", `/v1/profiles/${ref}?suppress=${suppress}`);
  expect(status).toBe(202);
  await server.settle();
  server.clock.advance({ minutes: 5 });
  await server.settle();
  return body;
}

test("PRI-4 of a suppressed person nothing is kept again, whichever of her ids comes; the sender hears 200 all the same", async () => {
  await identify("sup-1", "sup-1@x.example", "sup-1-phone");
  await erase("user_id:sup-1", true);
  await send(
    { userId: "sup-1" },
    { anonymousId: "sup-1-phone" },
    { userId: "sup-1", anonymousId: "sup-1-laptop" },
    { type: "identify", anonymousId: "sup-1-tablet", traits: { email: "Sup-1@X.example" } },
    { event: "Order Completed", anonymousId: "sup-1-kiosk", properties: { email: "sup-1@x.example", order_id: "o1" } },
  );
  // Devices that came along with her are hers: nothing of what they do by themselves is kept either.
  await send({ anonymousId: "sup-1-laptop" }, { anonymousId: "sup-1-tablet" }, { anonymousId: "sup-1-kiosk" });
  expect(await searchEverything(server, ["sup-1"])).toEqual([]);
  const { body } = await server.call<{ dropped_events: number }>("GET", "/v1/suppressed-people");
  expect(body.dropped_events).toBe(8);
});

test("PRI-4 an event that names a suppressed person beside somebody else's id suppresses nobody else", async () => {
  await identify("sup-2", "sup-2@x.example", "sup-2-phone");
  await erase("user_id:sup-2", true);
  await identify("other-2", "other-2@x.example", "other-2-phone");
  // Whoever knows her address sends it with ids of others: known ones, and one that is not known yet.
  await send(
    { type: "identify", userId: "other-2", traits: { email: "sup-2@x.example" } },
    { type: "identify", userId: "future-2", traits: { email: "sup-2@x.example" } },
    { type: "identify", anonymousId: "other-2-phone", traits: { email: "sup-2@x.example" } },
  );
  await send({ userId: "other-2" }, { userId: "future-2" }, { anonymousId: "other-2-phone" });
  expect((await find("user_id:other-2")).status).toBe(200);
  expect((await find("user_id:future-2")).status).toBe(200);
  expect(await lookUp("user_id", "other-2")).toBeNull();
  expect(await searchEverything(server, ["sup-2"])).toEqual([]);
});

test("PRI-4 on a suppressed person's browser somebody else who signs in is kept, without that browser", async () => {
  await identify("sup-3", "sup-3@x.example", "sup-3-family-pc");
  await erase("user_id:sup-3", true);
  await send({ userId: "sister-3", anonymousId: "sup-3-family-pc" });
  const { body } = await find("user_id:sister-3");
  expect(body.identifiers.map(({ value }) => value)).toEqual(["sister-3"]);
  expect(await searchEverything(server, ["sup-3"])).toEqual([]);
});

test("PRI-4 a suppressed person gets no code and no cart; from outside the answers are those of a stranger", async () => {
  await identify("sup-4", "sup-4@x.example", "sup-4-phone");
  await erase("user_id:sup-4", true);
  const device = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": "sup-4-phone" };
  const asked = await server.call("POST", "/v1/shopper/sign-in", { email: "sup-4@x.example" }, device);
  expect(asked.status).toBe(202);
  const item = { variant_id: "01900000-0000-7000-9000-00000000abcd" };
  expect((await server.call("POST", "/v1/cart/items", item, device)).status).toBe(400);
  await server.settle();
  expect(await searchEverything(server, ["sup-4"])).toEqual([]);
});

test("PRI-4 somebody who was never here can be kept out before coming", async () => {
  expect((await server.call("DELETE", "/v1/profiles/email:never@x.example")).status).toBe(404);
  await erase("email:never@x.example", true);
  await identify("never-1", "never@x.example", "never-phone");
  expect((await find("user_id:never-1")).status).toBe(404);
});

test("PRI-4 staff find a suppressed person by any identifier, lift it for all of them, and she begins anew", async () => {
  await identify("sup-5", "sup-5@x.example", "sup-5-phone");
  const { body: before } = await find("user_id:sup-5");
  await erase("user_id:sup-5", true);
  const person = await lookUp("email", "SUP-5@x.example");
  expect(person?.identifiers).toEqual({ email: 1, user_id: 1, anonymous_id: 1 });
  expect(await lookUp("user_id", "sup-5")).toEqual(person);
  expect((await server.call("DELETE", `/v1/suppressed-people/${person?.id}`)).body).toEqual({ lifted: 3 });
  expect((await server.call("DELETE", `/v1/suppressed-people/${person?.id}`)).status).toBe(404);
  await identify("sup-5", "sup-5@x.example", "sup-5-phone");
  const { body: after } = await find("user_id:sup-5");
  expect(after.identifiers).toHaveLength(3);
  expect(after.id).not.toBe(before.id);
});

test("PRI-3 without suppression a returning person begins anew, with a new id, and is visible in both engines", async () => {
  await identify("back-1", "back-1@x.example", "back-1-phone");
  const { body: before } = await find("user_id:back-1");
  await erase("user_id:back-1", false);
  await identify("back-1", "back-1@x.example", "back-1-phone");
  const { body: after } = await find("email:back-1@x.example");
  expect(after.id).not.toBe(before.id);
  const rows = await server.history.query<{ profile_id: string }>(
    "select profile_id from events where user_id = 'back-1'",
  );
  expect(rows).toEqual([{ profile_id: after.id }]);
  const { body: timeline } = await server.call<{ items: unknown[] }>("GET", `/v1/profiles/${after.id}/events`);
  expect(timeline.items).toHaveLength(1);
});
