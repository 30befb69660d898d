import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "./testing/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const place = { city: "Izmir", country: "TR", lat: 38.4, lon: 27.1, timezone: "Europe/Istanbul", hours: {} };
const open = (code: string, key: string) =>
  server.call<{ id: string; code: string }>(
    "POST",
    "/v1/stores",
    { code, name: code, ...place },
    { "idempotency-key": key },
  );

test("many calls at once, each under its own key, are each done once and told their own answer again", async () => {
  const codes = Array.from({ length: 12 }, (_, i) => `at-once-${i}`);
  const made = await Promise.all(codes.map((code) => open(code, code)));
  expect(made.map(({ status, body }) => [status, body.code])).toEqual(codes.map((code) => [201, code]));
  const again = await Promise.all(codes.map((code) => open(code, code)));
  expect(again.map(({ body }) => body.id)).toEqual(made.map(({ body }) => body.id));
  expect((await open("other", "at-once-0")).body).toMatchObject({ code: "idempotency_conflict" });
});

test("of twins at once one is done; the other hears that it is under way, or the same answer", async () => {
  const ends = await Promise.all([open("twin", "twin"), open("twin", "twin"), open("single", "single")]);
  expect(ends[2]?.status).toBe(201);
  const twins = ends.slice(0, 2);
  for (const { status } of twins) expect([201, 409]).toContain(status);
  const told = new Set(twins.filter(({ status }) => status === 201).map(({ body }) => body.id));
  expect(told.size).toBe(1);
  expect((await open("twin", "twin")).body.id).toBe([...told][0]);
});
