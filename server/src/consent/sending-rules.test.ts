import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { SendingRulesView } from "./contracts.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const put = (rules: object) => server.call<SendingRulesView & { type?: string }>("PUT", "/v1/sending-rules", rules);

test("what wakes people keeps quiet at night from the first start; rules are changed by API and say by whom", async () => {
  const first = await server.call<SendingRulesView>("GET", "/v1/sending-rules");
  expect(first.body.quiet_hours).toMatchObject([{ from: "21:00", to: "08:00" }]);
  expect(first.body.updated_at).toBeNull();
  const rules = {
    caps: [{ channel: null, messages: 3, per: "P7D" }],
    quiet_hours: [{ channels: ["sms"], from: "20:00", to: "09:00" }],
    windows: [{ channels: ["email"], days: ["mon"], from: "09:00", to: "18:00" }],
  };
  expect((await put(rules)).status).toBe(200);
  const now = await server.call<SendingRulesView>("GET", "/v1/sending-rules");
  expect(now.body).toMatchObject({ ...rules, changed_by: "API" });
});

test("CON-8 rules that leave a channel no hour are refused, and name it", async () => {
  const answer = await put({
    quiet_hours: [{ channels: ["email"], from: "08:00", to: "19:00" }],
    windows: [{ channels: ["email"], days: ["mon"], from: "09:00", to: "18:00" }],
  });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toContain("email");
});

test.each([
  { caps: [{ channel: null, messages: 0, per: "P7D" }] },
  { caps: [{ channel: null, messages: 1, per: "P91D" }] },
  { caps: [{ channel: null, messages: 1, per: "P1M" }] },
  { quiet_hours: [{ channels: [], from: "21:00", to: "21:00" }] },
  { quiet_hours: [{ channels: [], from: "24:00", to: "08:00" }] },
  { windows: [{ channels: [], days: [], from: "09:00", to: "18:00" }] },
  { windows: [{ channels: [], days: ["mon"], from: "18:00", to: "09:00" }] },
  { unknown: true },
])("rules that mean nothing are refused: %j", async (rules) => {
  expect((await put(rules)).status).toBe(400);
});
