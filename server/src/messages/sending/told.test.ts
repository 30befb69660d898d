import { afterAll, beforeAll, expect, test } from "vitest";

import { newestOfInbox } from "../../collect/index.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";

let server: TestServer;
let template: string;
beforeAll(async () => {
  server = await createServer();
  const contents = { en: { subject: "Hi", body: "Hello" } };
  const body = { name: "T", purpose: "transactional", contents };
  template = (await server.call<{ id: string }>("POST", "/v1/templates", body)).body.id;
  await server.call("POST", "/v1/batch", {
    batch: [{ type: "identify", userId: "ada", traits: { email: "ada@example.com" } }],
    writeKey: server.writeKey,
  });
  await server.settle();
});
afterAll(() => server.close());

async function send(): Promise<string> {
  const asked = { template_id: template, profile: "user_id:ada" };
  const { status, body } = await server.call<{ id: string }>("POST", "/v1/messages", asked);
  expect(status).toBe(202);
  await server.settle();
  return body.id;
}

const told = async (name: string, messageId = "") =>
  (
    await server.history.query<{ name: string }>(
      "select name from events where name = {name:String} and message_id like {like:String}",
      { name, like: `%${messageId}%` },
    )
  ).length;

test("MSG-20 what nobody waits for is in History without passing the pipeline; what a journey waits for passes it", async () => {
  const before = await newestOfInbox(server.db);
  const quiet = await send();
  expect(await told("Email Sent", quiet)).toBe(1);
  expect(await newestOfInbox(server.db)).toBe(before);

  const graph = {
    entry: { kind: "event", event: "Email Sent" },
    exit_when_leaves: false,
    reentry: { mode: "never" },
    start: "end",
    nodes: { end: { kind: "exit" } },
  };
  const journey = await server.call<{ id: string }>("POST", "/v1/journeys", { name: "J", graph });
  expect((await server.call("POST", `/v1/journeys/${journey.body.id}/publish`, {})).status).toBe(200);
  const heard = await send();
  expect(await told("Email Sent", heard)).toBe(1);
  expect(await told("Journey Entered")).toBe(1);
});
