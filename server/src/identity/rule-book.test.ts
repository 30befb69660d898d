import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { RulesAnswer } from "./contracts.ts";
import { RuleBook } from "./rule-book.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const read = async () => (await server.call<RulesAnswer>("GET", "/v1/identity/rules")).body;
const put = (body: unknown) =>
  server.call<RulesAnswer & { code: string; errors: { path: string; message: string }[] }>(
    "PUT",
    "/v1/identity/rules",
    body,
  );

/** What is sent back of what was read. */
function editable({ types, blocked, caps, typed_channels }: RulesAnswer) {
  return structuredClone({ types, blocked, caps, typed_channels });
}

test("IDN-10 the rules in force are read with their author, changed as a whole, and hold for the next event", async () => {
  const before = await read();
  expect(before).toMatchObject({ version: 0, author: null });
  expect(before.types.map(({ type }) => type)).toEqual([
    "user_id",
    "loyalty_id",
    "email",
    "phone",
    "device_id",
    "anonymous_id",
  ]);
  await server.call("POST", "/v1/identify", {
    userId: "u1",
    context: { externalIds: [{ type: "crm_id", id: "C-1" }] },
  });
  await server.settle();
  expect((await server.call("POST", "/v1/profiles/lookup", { type: "crm_id", value: "C-1" })).status).toBe(404);
  const rules = editable(before);
  rules.types.splice(2, 0, {
    type: "crm_id",
    limit: 1,
    window: "ever",
    identifies: true,
    traits: ["crmNumber"],
    properties: [],
    alarm: null,
  });
  rules.blocked.values.push("No Number");
  const changed = await put({ version: 0, rules });
  expect(changed).toMatchObject({ status: 200, body: { version: 1, author: "API" } });
  await server.call("POST", "/v1/identify", { userId: "u1", traits: { crmNumber: "C-1" } });
  await server.call("POST", "/v1/identify", { userId: "u2", traits: { crmNumber: " no number" } });
  await server.call("POST", "/v1/track", {
    anonymousId: "a1",
    event: "Seen",
    context: { externalIds: [{ type: "crm_id", id: "C-1" }] },
  });
  await server.settle();
  const found = await server.call<{ identifiers: { type: string; value: string }[] }>("POST", "/v1/profiles/lookup", {
    type: "crm_id",
    value: "C-1",
  });
  expect(found.body.identifiers.map(({ type, value }) => `${type}:${value}`).sort()).toEqual([
    "anonymous_id:a1",
    "crm_id:C-1",
    "user_id:u1",
  ]);
  expect((await server.call("POST", "/v1/profiles/lookup", { type: "crm_id", value: "no number" })).status).toBe(404);
});

test("IDN-10 two who change the rules at once do not overwrite each other", async () => {
  const now = await read();
  const both = await Promise.all([1, 2].map(() => put({ version: now.version, rules: editable(now) })));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await put({ version: 0, rules: editable(now) })).body.code).toBe("rules_changed");
});

test("rules that cannot hold are refused by field", async () => {
  const now = await read();
  const refused = async (change: (rules: ReturnType<typeof editable>) => void) => {
    const rules = editable(now);
    change(rules);
    const { status, body } = await put({ version: now.version, rules });
    expect(status).toBe(400);
    return body.errors.map(({ path }) => path);
  };
  expect(await refused((r) => void r.types.shift())).toEqual(["rules.types"]);
  expect(await refused((r) => void r.types.push(structuredClone(r.types[0] as never)))).toEqual([
    `rules.types.${now.types.length}.type`,
  ]);
  expect(await refused((r) => void Object.assign(r.types[1] as object, { type: "group_id" }))).toContain(
    "rules.types.1.type",
  );
  expect(await refused((r) => void Object.assign(r.types[0] as object, { limit: 0 }))).toEqual(["rules.types.0.limit"]);
  expect(await refused((r) => void Object.assign(r.types[0] as object, { window: "daily" }))).toEqual([
    "rules.types.0.window",
  ]);
  expect(await refused((r) => void Object.assign(r.types.at(-1) as object, { identifies: true }))).toHaveLength(1);
  expect(await refused((r) => void r.blocked.prefixes.push("x".repeat(201)))).toHaveLength(1);
});

test("IDN-10 another process hears of changed rules by the notice", async () => {
  const other = new RuleBook(server);
  const { version } = await other.current();
  const heard = new Promise<void>((resolve) => {
    server.bus.onChange((changes) => {
      if (changes.some(({ topic }) => topic === "identity_rules")) resolve();
    });
  });
  await put({ version, rules: editable(await read()) });
  await heard;
  expect((await other.current()).version).toBe(version + 1);
});
