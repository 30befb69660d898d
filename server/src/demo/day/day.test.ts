import { afterAll, beforeAll, expect, test } from "vitest";

import type { JsonObject } from "../../platform/json.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import { createDemo } from "../index.ts";
import type { Api } from "./api.ts";
import { openDay } from "./index.ts";

let server: TestServer;
let api: Api;
const never = new AbortController().signal;
beforeAll(async () => {
  server = await createServer();
  const { segments, messages, journeys } = server.rooms;
  await createDemo({ ...server, ...segments, ...messages, ...journeys }, 300).load(() => {}, never);
  await server.settle();
  api = async ({ method, url, body, device }) => {
    const key =
      device === undefined ? {} : { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": device };
    const answer = await server.call<JsonObject>(method, url, body, key);
    if (url === "/v1/batch") await server.settle();
    expect(answer.status, `${url} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    return answer.body;
  };
  await openDay({ ...server, api }, never);
  await server.settle();
}, 300_000);
afterAll(() => server.close());

test("the order book has orders of every channel and stage, and the books of the stock agree", async () => {
  const { body } = await server.call<{ items: { channel: string; status: string }[] }>("GET", "/v1/orders?limit=100");
  const count = Map.groupBy(body.items, ({ channel, status }) => `${channel} ${status}`);
  expect(Object.fromEntries([...count].map(([kind, orders]) => [kind, orders.length]))).toEqual({
    "store completed": 12,
    "web paid": 6,
    "web completed": 4,
    "web cancelled": 2,
  });
  const check = await server.call<{ breaches: object[] }>("GET", "/v1/stock/check");
  expect(check.body).toMatchObject({ items: [] });
});

test("the newsletter is under way, and those who bought are in the journey that follows a purchase", async () => {
  const broadcasts = await server.call<{ items: object[] }>("GET", "/v1/broadcasts");
  expect(broadcasts.body.items).toMatchObject([{ name: "We miss you", problem: null }]);
  const journeys = await server.call<{ items: { name: string; entered: number }[] }>("GET", "/v1/journeys");
  const entered = journeys.body.items.find(({ name }) => name === "After the purchase")?.entered ?? 0;
  expect(entered).toBeGreaterThan(5);
});

test("every message has a name to be found by; nobody gets a second receipt from the journey", async () => {
  const { body } = await server.call<{ items: { subject: string | null; template_name: string | null }[] }>(
    "GET",
    "/v1/messages?limit=100",
  );
  expect(body.items.length).toBeGreaterThan(20);
  for (const message of body.items) {
    expect(message.subject ?? message.template_name).not.toBeNull();
    expect(message.template_name).not.toBe("Receipt");
  }
});

test("it is played once", async () => {
  const before = await server.call<{ items: object[] }>("GET", "/v1/orders?limit=100");
  await openDay({ ...server, api }, never);
  const after = await server.call<{ items: object[] }>("GET", "/v1/orders?limit=100");
  expect(after.body.items.length).toBe(before.body.items.length);
});
