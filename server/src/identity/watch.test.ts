import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { AlarmItem, RehearsalAnswer, RulesAnswer, WarningItem } from "./contracts.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const identify = (body: object) => server.call("POST", "/v1/identify", body);
const lookUp = async (type: string, value: string) =>
  (
    await server.call<{
      id: string;
      identifiers: { type: string; value: string; channel: string; bridging: string | null }[];
    }>("POST", "/v1/profiles/lookup", { type, value })
  ).body;

test("what was not joined is told once, with how often, to whom it came and whose it is", async () => {
  await identify({ userId: "ada", traits: { name: "Ada Ak", email: "family@x.co" } });
  await server.settle();
  for (let i = 0; i < 3; i++) await identify({ userId: "bea", traits: { name: "Bea Ak", email: "family@x.co" } });
  await server.settle();
  const { body } = await server.call<{ items: WarningItem[]; next: string | null }>("GET", "/v1/identity/warnings");
  expect(body.items).toMatchObject([
    { type: "email", value: "family@x.co", reason: "limit", person: { name: "Bea Ak" }, held_by: { name: "Ada Ak" } },
  ]);
  const ada = await lookUp("user_id", "ada");
  expect(ada.identifiers.find(({ type }) => type === "email")).toMatchObject({ channel: "api", bridging: "shared" });
  expect((await lookUp("email", "family@x.co")).id).toBe(ada.id);
});

test("IDN-9 an alarm stops an address from joining people until somebody ends it", async () => {
  const rules = (await server.call<RulesAnswer>("GET", "/v1/identity/rules")).body;
  const { version, author: _, at: __, ...config } = rules;
  const types = config.types.map((type) => ({ ...type, alarm: { people: 2, days: 1 } }));
  await server.call("PUT", "/v1/identity/rules", { version, rules: { ...config, types } });
  for (let i = 0; i < 5; i++) {
    await identify({ userId: `clerk${i}`, traits: { email: "till@x.co" } });
    await server.settle();
  }
  const alarms = async () => (await server.call<{ items: AlarmItem[] }>("GET", "/v1/identity/alarms")).body.items;
  const [alarm] = await alarms();
  expect(alarm).toMatchObject({ type: "email", value: "till@x.co", people: 3 });
  await server.call("POST", "/v1/track", {
    event: "Order Completed",
    anonymousId: "d1",
    properties: { email: "till@x.co" },
  });
  await server.settle();
  expect((await lookUp("anonymous_id", "d1")).id).not.toBe((await lookUp("user_id", "clerk0")).id);
  expect((await server.call("POST", `/v1/identity/alarms/${alarm?.id}/close`, {})).status).toBe(200);
  expect(await alarms()).toEqual([]);
  expect((await server.call("POST", `/v1/identity/alarms/${alarm?.id}/close`, {})).status).toBe(404);
  await server.call("POST", "/v1/track", {
    event: "Order Completed",
    anonymousId: "d2",
    properties: { email: "till@x.co" },
  });
  await server.settle();
  expect((await lookUp("anonymous_id", "d2")).id).toBe((await lookUp("user_id", "clerk0")).id);
});

test("a rehearsal says who would be whom, by the rules in force or by others, and keeps nothing", async () => {
  const events = [
    { userId: "r1", traits: { email: "r@x.co" } },
    { userId: "r2", traits: { email: "r@x.co" } },
    { type: "page", anonymousId: "00000000" },
  ];
  const first = await server.call<RehearsalAnswer>("POST", "/v1/identity/rehearse", { events });
  expect(first).toMatchObject({
    status: 200,
    body: {
      people: [{ events: [0] }, { events: [1] }],
      events: [
        { person: 0, left_out: [] },
        { person: 1, left_out: [{ type: "email", value: "r@x.co", reason: "limit" }] },
        { person: null },
      ],
    },
  });
  const {
    version: _,
    author: __,
    at: ___,
    ...rules
  } = (await server.call<RulesAnswer>("GET", "/v1/identity/rules")).body;
  const types = rules.types.map((type) => (type.type === "user_id" ? { ...type, limit: 2 } : type));
  const other = await server.call<RehearsalAnswer>("POST", "/v1/identity/rehearse", {
    events,
    rules: { ...rules, types },
  });
  expect(other.body.people).toHaveLength(1);
  expect((await server.call("POST", "/v1/profiles/lookup", { type: "user_id", value: "r1" })).status).toBe(404);
});
