import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../../platform/testing/server.ts";
import { lastPair } from "../catalogue.ts";
import { createDemo } from "../index.ts";

let server: TestServer;
let stop: AbortController;
beforeAll(async () => {
  server = await createServer();
  stop = new AbortController();
  const { segments, messages, journeys } = server.rooms;
  await createDemo({ ...server, ...segments, ...messages, ...journeys }, 200).load(() => {}, stop.signal);
  await server.settle();
});
afterAll(async () => {
  stop.abort();
  await server.close();
});

test("the demo's segments are live and hold people; its journey is live, and history has sent nobody into it", async () => {
  const { body } = await server.call<{ items: { name: string; size: number; state: string }[] }>("GET", "/v1/segments");
  expect(body.items.map(({ name }) => name).sort()).toEqual([
    "At risk",
    "Bought in the last 30 days",
    "Browsers without purchase",
    "Cart abandoners",
    "Cart with no order for an hour",
    "Champions",
    "Izmir",
    "Lapsed 90 days",
    "Store customers",
    "Two-channel customers",
  ]);
  for (const { name, size, state } of body.items) expect([name, state, size > 0]).toEqual([name, "live", true]);
  const journeys = await server.call<{ items: object[] }>("GET", "/v1/journeys");
  expect(journeys.body.items).toMatchObject([{ name: "Abandoned cart", status: "live", entered: 0 }]);
  const messages = await server.call<{ items: object[] }>("GET", "/v1/messages");
  expect(messages.body.items).toEqual([]);
});

test.each([
  ["en", "Only 1 left", "Size 38"],
  ["tr", "Yalnızca 1 adet kaldı", "Beden 38"],
  ["id", "Tinggal 1 lagi", "Ukuran 38"],
])("the letter in %s shows the pair in her cart and how many there are now", async (language, left, size) => {
  const device = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": `device-${language}` };
  const added = await server.call("POST", "/v1/cart/items", { variant_id: lastPair.variantId, quantity: 1 }, device);
  expect(added.status).toBeLessThan(300);
  await server.call("POST", "/v1/identify", {
    anonymousId: `device-${language}`,
    traits: { email: `${language}@example.com`, first_name: "Çiğdem", language },
    writeKey: server.writeKey,
  });
  await server.settle();
  const templates = await server.call<{ items: { id: string; name: string }[] }>("GET", "/v1/templates");
  const letter = templates.body.items.find(({ name }) => name === "Abandoned cart");
  const { body } = await server.call<{ subject: string; html: string; text: string; errors: string[] }>(
    "POST",
    `/v1/templates/${letter?.id}/preview`,
    { profile: `email:${language}@example.com` },
  );
  expect(body.errors).toEqual([]);
  expect(body.subject).toMatch(/Çiğdem.*Ilgın/);
  expect(body.html).toContain(left);
  expect(body.html).toContain(size);
  expect(body.html).toMatch(/\/assets\/products\/[0-9a-f-]+\.png/);
  expect(body.html).toMatch(/\/t\/u\//);
});

test("for somebody whose cart is empty the letter still makes sense", async () => {
  const templates = await server.call<{ items: { id: string }[] }>("GET", "/v1/templates");
  const { body } = await server.call<{ subject: string; errors: string[] }>(
    "POST",
    `/v1/templates/${templates.body.items[0]?.id}/preview`,
    { language: "en" },
  );
  expect(body).toMatchObject({ subject: "Hello, your cart is still here", errors: [] });
});
