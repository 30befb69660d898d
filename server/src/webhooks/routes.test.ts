import type { ServerResponse } from "node:http";

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { DeliveryItem, DeliveryView, EndpointView } from "./contracts.ts";
import { isSignedBy } from "./testing/receiver.ts";
import { SOME_ID, Stage } from "./testing/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
}, 120_000);
beforeEach(() => stage.reset());
afterAll(() => stage.close());

interface Refusal {
  readonly code: string;
  readonly errors?: { readonly path: string }[];
}
const post = <T>(path: string, body?: unknown) => stage.server.call<T>("POST", path, body);

test("HOOK-11 what is wrong with an endpoint is told by its path", async () => {
  const types = ["segment.entered"];
  const url = stage.receiver.url();
  const wrong: [object, string][] = [
    [{ url: "ftp://shop.example", types }, "url"],
    [{ url: "shop.example", types }, "url"],
    [{ url: "https://me:secret@shop.example/", types }, "url"],
    [{ url: "https://shop.example/#here", types }, "url"],
    [{ url, types: [] }, "types"],
    [{ url, types: ["order.made"] }, "types.0"],
    [{ url, types: [...types, ...types] }, "types"],
    [{ url, types, segment_ids: [] }, "segment_ids"],
    [{ url, types, segment_ids: ["x"] }, "segment_ids.0"],
    [{ url, types, segment_ids: [SOME_ID] }, "segment_ids.0"],
  ];
  for (const [body, path] of wrong) {
    const answer = await post<Refusal>("/v1/webhooks", body);
    expect([path, answer.status, answer.body.errors?.map((error) => error.path)]).toEqual([path, 400, [path]]);
  }
});

test("HOOK-11 an endpoint is made, read, changed and removed; there are at most fifty", async () => {
  const made = await stage.makeEndpoint("/a", { description: " Our CRM " });
  const { secret: _, ...view } = made;
  expect(await stage.endpoint(made.id)).toEqual(view);
  expect(view).toMatchObject({ description: "Our CRM", state: "enabled", segment_ids: null, waiting: 0 });
  const body = { url: stage.receiver.url("/b"), types: ["segment.exited"] };
  const changed = await stage.server.call<EndpointView>("PUT", `/v1/webhooks/${made.id}`, body);
  expect(changed.body).toMatchObject({ ...body, description: "" });
  for (let i = 1; i < 50; i++) await stage.makeEndpoint(`/${i}`);
  const more = await post<Refusal>("/v1/webhooks", body);
  expect([more.status, more.body.code]).toEqual([409, "too_many_webhooks"]);
  const page = await stage.server.call<{ items: EndpointView[]; next: string }>("GET", "/v1/webhooks?limit=20");
  const rest = await stage.server.call<{ items: EndpointView[] }>("GET", `/v1/webhooks?after=${page.body.next}`);
  expect(new Set([...page.body.items, ...rest.body.items].map(({ id }) => id)).size).toBe(50);
  expect((await stage.server.call("DELETE", `/v1/webhooks/${made.id}`)).status).toBe(204);
  for (const [method, path] of [
    ["GET", ""],
    ["DELETE", ""],
    ["POST", "/rotate"],
    ["POST", "/ping"],
    ["POST", "/enable"],
    ["POST", "/disable"],
    ["GET", "/deliveries"],
  ] as const) {
    const { status, body: refusal } = await stage.server.call<Refusal>(method, `/v1/webhooks/${made.id}${path}`);
    expect([path, status, refusal.code]).toEqual([path, 404, "webhook_not_found"]);
  }
});

test("HOOK-11 the same Idempotency-Key makes one endpoint and shows one secret", async () => {
  const body = { url: stage.receiver.url(), types: ["segment.entered"] };
  const make = () => stage.server.call<{ secret: string }>("POST", "/v1/webhooks", body, { "idempotency-key": "once" });
  expect((await make()).body.secret).toBe((await make()).body.secret);
});

test("HOOK-12 a test message is sent at once, signed, also while disabled, and what came of it is shown", async () => {
  const { id, secret } = await stage.makeEndpoint("/");
  await post(`/v1/webhooks/${id}/disable`);
  const good = await post<DeliveryView>(`/v1/webhooks/${id}/ping`);
  expect(good.body).toMatchObject({ type: "ping", state: "delivered", attempts: 1 });
  const [hook] = stage.receiver.received;
  expect(hook && isSignedBy(secret, hook)).toBe(true);
  expect(hook?.payload).toEqual({ type: "ping", timestamp: expect.any(String), data: {} });
  expect(good.body.body).toBe(hook?.body);
  stage.receiver.answer = (_hook, response) => void response.writeHead(403).end("who are you?\0\ud800");
  const bad = await post<DeliveryView>(`/v1/webhooks/${id}/ping`);
  expect(bad.body).toMatchObject({ state: "failed", next_at: null, tries: [{ status: 403, problem: null }] });
  expect(bad.body.tries[0]?.answer).toMatch(/^who are you\?/);
  expect(await stage.endpoint(id)).toMatchObject({ state: "disabled", failing_since: null });
});

test("HOOK-13 one delivery is sent again under its id, once it waits no more", async () => {
  const { id } = await stage.makeEndpoint("/");
  await stage.tellOf(1);
  await stage.send();
  const [delivery] = await stage.deliveries(id);
  const path = `/v1/webhooks/${id}/deliveries/${delivery?.id}/resend`;
  await post(`/v1/webhooks/${id}/disable`);
  expect((await post<Refusal>(path)).body.code).toBe("webhook_disabled");
  await post(`/v1/webhooks/${id}/enable`);
  const asked = new Promise<ServerResponse>((resolve) => {
    stage.receiver.answer = (_hook, response) => resolve(response);
  });
  expect((await post<DeliveryView>(path)).status).toBe(200);
  const response = await asked;
  expect((await post<Refusal>(path)).body.code).toBe("delivery_under_way");
  response.writeHead(200).end();
  await stage.send();
  expect(stage.receiver.received.map((hook) => hook.id)).toEqual([delivery?.id, delivery?.id]);
  expect((await stage.delivery(id, delivery?.id ?? "")).tries).toHaveLength(2);
  const missing = await post<Refusal>(`/v1/webhooks/${id}/deliveries/${SOME_ID}/resend`);
  expect(missing.body.code).toBe("delivery_not_found");
});

test("HOOK-13 a period is sent again: what was missed in it, or all of it; nothing outside", async () => {
  const { id } = await stage.makeEndpoint("/");
  const { clock } = stage.server;
  const moment = () => clock.now().toString();
  await stage.tellOf(1);
  await stage.send();
  clock.advance("PT1H");
  const from = moment();
  await stage.tellOf(2);
  await stage.send();
  await post(`/v1/webhooks/${id}/ping`);
  await post(`/v1/webhooks/${id}/disable`);
  await stage.tellOf(3);
  await post(`/v1/webhooks/${id}/enable`, { waiting: "skip" });
  clock.advance("PT1H");
  const until = moment();
  await stage.tellOf(1);
  await stage.send();
  stage.receiver.received.length = 0;
  const replay = (body: object) => post<{ queued: number }>(`/v1/webhooks/${id}/replay`, body);
  expect((await replay({ from, until })).body).toEqual({ queued: 3 });
  await stage.send();
  expect(stage.receiver.received).toHaveLength(3);
  expect((await replay({ from, until, delivered: true })).body).toEqual({ queued: 5 });
  await stage.send();
  expect(stage.receiver.received).toHaveLength(8);
  expect((await replay({ from: until, until: from })).status).toBe(400);
});

test("HOOK-13 deliveries are listed newest first, page by page, by what became of them", async () => {
  const { id } = await stage.makeEndpoint("/");
  await stage.tellOf(7);
  await stage.send();
  const seen: DeliveryItem[] = [];
  for (let after = ""; ; ) {
    const path = `/v1/webhooks/${id}/deliveries?limit=3&state=delivered${after}`;
    const { body } = await stage.server.call<{ items: DeliveryItem[]; next: string | null }>("GET", path);
    seen.push(...body.items);
    if (body.next === null) break;
    after = `&after=${body.next}`;
  }
  const ids = seen.map((item) => item.id);
  expect(ids).toEqual([...new Set(ids)].sort().reverse());
  expect(seen).toHaveLength(7);
  expect(await stage.deliveries(id, "missed")).toEqual([]);
});

test("HOOK-14 a delivery is forgotten after thirty days, also one that waits", async () => {
  const { id } = await stage.makeEndpoint("/");
  await stage.tellOf(1);
  await stage.send();
  await post(`/v1/webhooks/${id}/disable`);
  await stage.tellOf(1);
  stage.server.clock.advance({ hours: 29 * 24 });
  await stage.tellOf(1);
  const count = async () => (await stage.deliveries(id)).length;
  expect(await count()).toBe(3);
  stage.server.clock.advance({ hours: 25 });
  await expect.poll(count, { timeout: 10_000 }).toBe(1);
});

test("HOOK-15 of an erased person no delivery stays", async () => {
  const { id } = await stage.makeEndpoint("/", { types: ["segment.entered"] });
  await stage.makeSegment("Bursa");
  await stage.identify("u-9", "Bursa");
  await stage.tellOf(1);
  await stage.send();
  expect(await stage.deliveries(id)).toHaveLength(2);
  const { body: kept } = await stage.server.call<Record<string, unknown>>("GET", "/v1/profiles/user_id:u-9/export");
  expect(JSON.stringify(kept)).toContain("segment.entered");
  await stage.server.call("DELETE", "/v1/profiles/user_id:u-9");
  await stage.server.settle();
  expect(await stage.deliveries(id)).toHaveLength(1);
});

test("HOOK-11 only who manages may see or change webhooks", async () => {
  for (const [method, path] of [
    ["GET", "/v1/webhooks"],
    ["POST", `/v1/webhooks/${SOME_ID}/ping`],
    ["GET", `/v1/webhooks/${SOME_ID}/deliveries`],
  ] as const) {
    const { status } = await stage.server.call(method, path, undefined, {
      authorization: `Bearer ${stage.server.writeKey}`,
    });
    expect([path, status]).toEqual([path, 403]);
  }
});
