import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../../platform/testing/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

interface View {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly graph: { readonly entry: { readonly segment_id: string } };
}
interface Rehearsed {
  readonly messages: {
    at: string;
    template: string;
    language: string;
    text: string;
    errors: string[];
    withheld: string | null;
  }[];
  readonly run: { exitReason: string | null } | null;
}
const post = <T>(path: string, body: object = {}) => server.call<T>("POST", path, body);

test("JRN-25 every journey of the library becomes a draft with its templates, and can be published", async () => {
  const { body } = await server.call<{ items: { key: string }[] }>("GET", "/v1/journeys/library");
  expect(body.items).toHaveLength(12);
  for (const { key } of body.items) {
    const taken = await post<View>(`/v1/journeys/library/${key}`);
    expect(taken.status, JSON.stringify(taken.body)).toBe(201);
    const published = await post<View>(`/v1/journeys/${taken.body.id}/publish`);
    expect(published.status, JSON.stringify(published.body)).toBe(200);
    await post(`/v1/journeys/${taken.body.id}/archive`);
  }
  expect((await post("/v1/journeys/library/nothing")).status).toBe(404);
});

test("JRN-24 a journey as a file comes in again as it was; a file that names what it does not have is refused", async () => {
  const { body: made } = await post<View>("/v1/journeys/library/abandoned-cart", { name: "Carts of ours" });
  const { body: file } = await server.call<{ graph: object; name: string }>("GET", `/v1/journeys/${made.id}/file`);
  expect(JSON.stringify(file)).not.toContain(made.graph.entry.segment_id);
  const again = await post<View>("/v1/journeys/import", file);
  expect(again.status, JSON.stringify(again.body)).toBe(201);
  // The segment is taken as it is; the templates are new ones.
  expect(again.body.graph.entry).toEqual(made.graph.entry);
  const twice = await server.call<{ graph: object }>("GET", `/v1/journeys/${again.body.id}/file`);
  expect(twice.body.graph).toEqual(file.graph);
  const broken = await post<{ errors: object[] }>("/v1/journeys/import", { ...file, templates: {} });
  expect(broken.status).toBe(400);
});

test("JRN-24 a rehearsal goes through with a real person or a made-up one; nothing is sent and nobody enters", async () => {
  const sent = {
    writeKey: server.writeKey,
    batch: [
      {
        type: "identify",
        messageId: "r1",
        userId: "zeynep",
        traits: { email: "zeynep@example.com", first_name: "Zeynep", language: "tr" },
      },
      {
        type: "track",
        messageId: "r2",
        userId: "zeynep",
        event: "Consent Changed",
        properties: { channel: "email", purpose: "marketing", state: "granted", source: "form" },
      },
    ],
  };
  await post("/v1/batch", sent);
  await server.settle();
  const { body: journey } = await post<View>("/v1/journeys/library/welcome");
  const real = await post<Rehearsed>(`/v1/journeys/${journey.id}/rehearse`, { profile: "user_id:zeynep" });
  expect(real.status, JSON.stringify(real.body)).toBe(200);
  expect(real.body.messages).toMatchObject([
    { template: "Welcome", language: "tr", errors: [] },
    { template: "Getting to know", language: "tr", errors: [] },
  ]);
  expect(real.body.messages[0]?.text).toContain("Merhaba Zeynep");
  const madeUp = await post<Rehearsed>(`/v1/journeys/${journey.id}/rehearse`, {
    traits: { email: "nobody@example.com" },
    events: [{ after: "PT2H", event: "Order Completed", channel: "store" }],
  });
  expect(madeUp.body.messages).toMatchObject([{ template: "Confirm your address", language: "en" }]);
  expect(madeUp.body.run?.exitReason).toBe("goal");
  const nowhere = { events: [{ event: "Order Completed", channel: "the moon" }] };
  expect(await post(`/v1/journeys/${journey.id}/rehearse`, nowhere)).toMatchObject({
    status: 400,
    body: { errors: [{ path: "events.0.channel" }] },
  });
  const silent = await post<Rehearsed>(`/v1/journeys/${journey.id}/rehearse`, {
    profile: "user_id:zeynep",
    events: [{ event: "Consent Changed", properties: { channel: "email", purpose: "marketing", state: "denied" } }],
  });
  expect(
    silent.body.messages.map(({ withheld }) => withheld),
    "it is seen, and why it would not go out",
  ).toContain("consent_denied");
  const { body: view } = await server.call<{ entered: number }>("GET", `/v1/journeys/${journey.id}`);
  expect(view.entered).toBe(0);
  const { body: messages } = await server.call<{ items: object[] }>("GET", "/v1/messages");
  expect(messages.items).toEqual([]);
});
