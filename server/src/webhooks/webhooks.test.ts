import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { inTransaction, type Tx } from "../platform/db.ts";
import { createRooms } from "../rooms.ts";
import type { EndpointView } from "./contracts.ts";
import { claimDue } from "./queries/claim-due.pg.ts";
import { isSignedBy } from "./testing/receiver.ts";
import { SOME_ID, Stage } from "./testing/stage.ts";

let stage: Stage;
let izmir: string;
beforeAll(async () => {
  stage = await Stage.open();
  izmir = await stage.makeSegment("Izmir");
}, 120_000);
beforeEach(() => stage.reset());
afterAll(() => stage.close());

test("HOOK-1 whoever comes in and leaves is told once, in one message each, signed and small", async () => {
  const { id, secret } = await stage.makeEndpoint("/one");
  await stage.identify("u-1", "Izmir");
  const at = stage.server.clock.now().toString({ smallestUnit: "millisecond" });
  await stage.identify("u-1", "Izmir");
  stage.server.clock.advance("PT1M");
  const left = stage.server.clock.now().toString({ smallestUnit: "millisecond" });
  await stage.identify("u-1", "Ankara");
  const { body: profile } = await stage.server.call<{ id: string }>("GET", "/v1/profiles/user_id:u-1");
  const data = { segment: { id: izmir, name: "Izmir" }, profile: { id: profile.id, user_id: "u-1" } };
  expect(stage.receiver.at("/one").map(({ payload }) => payload)).toEqual([
    { type: "segment.entered", timestamp: at, data: { ...data, at } },
    { type: "segment.exited", timestamp: left, data: { ...data, at: left } },
  ]);
  for (const hook of stage.receiver.received) {
    expect(isSignedBy(secret, hook)).toBe(true);
    expect(hook.headers).toMatchObject({ "content-type": "application/json", "webhook-id": hook.id });
  }
  const listed = await stage.deliveries(id);
  expect(listed.map(({ id, state }) => [id, state])).toEqual(
    stage.receiver.received.map((hook) => [hook.id, "delivered"]).reverse(),
  );
  expect((await stage.endpoint(id)).waiting).toBe(0);
});

test("HOOK-1 all who are told of an event are told under one id; each hears what it asked for", async () => {
  await stage.makeEndpoint("/all");
  await stage.makeEndpoint("/entered", { types: ["segment.entered"] });
  await stage.makeEndpoint("/izmir", { segment_ids: [izmir] });
  await stage.tellOf(1);
  await stage.tellOf(1, { kind: "exited" });
  await stage.tellOf(1, { segmentId: izmir });
  await stage.send();
  const ids = (path: string) =>
    stage.receiver
      .at(path)
      .map(({ id }) => id)
      .sort();
  expect(ids("/all")).toHaveLength(3);
  expect(ids("/entered")).toEqual([ids("/all")[0], ids("/all")[2]]);
  expect(ids("/izmir")).toEqual([ids("/all")[2]]);
});

test("HOOK-2 what is historical is told to nobody", async () => {
  await stage.makeEndpoint("/");
  await stage.identify("u-2", "Izmir", "/v1/import");
  await stage.tellOf(3, { historical: true });
  await stage.send();
  expect(stage.receiver.received).toEqual([]);
});

test("HOOK-3 news exist when their transaction does, and not when it fails", async () => {
  const { id } = await stage.makeEndpoint("/");
  const { rooms, db } = stage.server;
  const change = {
    segmentId: SOME_ID,
    segmentName: "S",
    profileId: SOME_ID,
    kind: "entered",
    at: "2026-03-02T09:00:00Z",
  };
  await expect(
    inTransaction(db, async (tx) => {
      await rooms.webhooks.tellChanges(tx, [{ ...change, kind: "entered", historical: false }]);
      throw new Error("undone");
    }),
  ).rejects.toThrow("undone");
  await stage.send();
  expect(await stage.deliveries(id)).toEqual([]);
});

test("HOOK-3 where nobody wants to be told, a batch asks the database nothing", async () => {
  const nowhere = new Proxy({}, { get: () => expect.fail("the database was asked") }) as Tx;
  const change = { segmentId: SOME_ID, segmentName: "S", profileId: SOME_ID, at: "2026-03-02T09:00:00Z" };
  await vi.waitFor(async () => {
    await stage.tellOf(1);
    await stage.server.rooms.webhooks.tellChanges(nowhere, [{ ...change, kind: "entered", historical: false }]);
  });
});

test("HOOK-4 a secret is shown once; a new one and the one before sign together for a day", async () => {
  const { id, secret } = await stage.makeEndpoint("/");
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(JSON.stringify(await stage.endpoint(id))).not.toContain("whsec");
  const kept = await stage.server.pool.query("select secret from webhooks.endpoints where id = $1", [id]);
  expect(kept.rows[0].secret).not.toContain(secret.slice(6));
  const { body: fresh } = await stage.server.call<{ secret: string; old_secret_until: string }>(
    "POST",
    `/v1/webhooks/${id}/rotate`,
  );
  expect((await stage.endpoint(id)).old_secret_until).toBe(fresh.old_secret_until);
  const signed = async () => {
    await stage.tellOf(1);
    await stage.send();
    const hook = stage.receiver.received.at(-1);
    return [fresh.secret, secret].map((one) => hook !== undefined && isSignedBy(one, hook));
  };
  expect(await signed()).toEqual([true, true]);
  stage.server.clock.advance("PT23H59M59S");
  expect(await signed()).toEqual([true, true]);
  stage.server.clock.advance("PT1S");
  expect(await signed()).toEqual([true, false]);
});

test("HOOK-5 what is not answered with 2xx is tried again, later each time, under the same id and with a new timestamp", async () => {
  const { id, secret } = await stage.makeEndpoint("/");
  const statuses = [500, 404, 301];
  stage.receiver.answer = (_hook, response) =>
    response.writeHead(statuses.shift() ?? 200, { location: stage.receiver.url("/elsewhere") }).end("so it is");
  await stage.tellOf(1);
  await stage.send();
  for (const wait of [6, 6 * 60, 36 * 60]) {
    await stage.send();
    stage.server.clock.advance({ seconds: wait });
    await stage.send();
  }
  expect(stage.receiver.received).toHaveLength(4);
  expect(stage.receiver.at("/elsewhere")).toEqual([]);
  expect(new Set(stage.receiver.received.map((hook) => hook.id)).size).toBe(1);
  expect(new Set(stage.receiver.received.map((hook) => hook.headers["webhook-timestamp"])).size).toBe(4);
  for (const hook of stage.receiver.received) expect(isSignedBy(secret, hook)).toBe(true);
  const [item] = await stage.deliveries(id);
  expect(item).toMatchObject({ state: "delivered", attempts: 4, next_at: null });
  const { tries, body } = await stage.delivery(id, item?.id ?? "");
  expect(tries.map(({ status, answer }) => [status, answer])).toEqual([500, 404, 301, 200].map((s) => [s, "so it is"]));
  expect(body).toBe(stage.receiver.received[0]?.body);
  expect(await stage.endpoint(id)).toMatchObject({ state: "enabled", failing_since: null });
});

test("HOOK-5 after the tenth try it has failed", async () => {
  const { id } = await stage.makeEndpoint("/");
  // A fault of this one message: the endpoint is well.
  stage.receiver.answer = (_hook, response) => void response.writeHead(400).end();
  await stage.tellOf(1);
  for (let next: string | null | undefined = "now"; next; ) {
    await stage.send();
    next = (await stage.deliveries(id))[0]?.next_at;
    if (next) stage.server.clock.set(Temporal.Instant.from(next));
  }
  expect(stage.receiver.received).toHaveLength(10);
  expect(await stage.deliveries(id, "missed")).toMatchObject([{ state: "failed", attempts: 10, next_at: null }]);
});

test("HOOK-6 nothing goes to an endpoint that asks for a pause, until it is over", async () => {
  const { id } = await stage.makeEndpoint("/busy");
  await stage.makeEndpoint("/well");
  stage.receiver.answer = (hook, response) =>
    void response.writeHead(hook.path === "/busy" ? 429 : 200, { "retry-after": "3600" }).end();
  await stage.tellOf(1);
  await stage.send();
  await stage.tellOf(5);
  await stage.send();
  stage.server.clock.advance("PT59M");
  await stage.send();
  expect([stage.receiver.at("/busy").length, stage.receiver.at("/well").length]).toEqual([1, 6]);
  stage.receiver.answer = (_hook, response) => void response.writeHead(200).end();
  stage.server.clock.advance("PT1M");
  await stage.send();
  expect(stage.receiver.at("/busy")).toHaveLength(7);
  expect(await stage.deliveries(id, "waiting")).toEqual([]);
});

test("HOOK-6 what is queued for an endpoint that has begun to rest is not claimed, though it was found open before", async () => {
  const { id } = await stage.makeEndpoint("/busy");
  stage.receiver.answer = (_hook, response) => void response.writeHead(429, { "retry-after": "3600" }).end();
  await stage.tellOf(1);
  await stage.send();
  await stage.tellOf(5);
  const claimAt = (now: Temporal.Instant) =>
    claimDue(stage.server.db, {
      claim: SOME_ID,
      now: now.toString(),
      leaseUntil: now.add({ minutes: 1 }).toString(),
      free: new Map([[id, 10]]),
      busy: [],
    });
  const now = stage.server.clock.now();
  expect(await claimAt(now.add({ minutes: 59 }))).toEqual([]);
  expect(await claimAt(now.add({ minutes: 60 }))).toHaveLength(6);
});

test("HOOK-6 an endpoint that does not answer is probed with one message, not with all that wait", async () => {
  await stage.makeEndpoint("/");
  stage.receiver.answer = (_hook, response) => void response.writeHead(503).end();
  await stage.tellOf(40);
  await stage.send();
  const first = stage.receiver.received.length;
  expect(first).toBeLessThanOrEqual(10);
  stage.server.clock.advance("PT5S");
  await stage.send();
  expect(stage.receiver.received.length).toBe(first + 1);
});

test("HOOK-7 410 disables; what happens from then on waits, and goes out when it is enabled", async () => {
  const { id } = await stage.makeEndpoint("/");
  const notices: string[] = [];
  const off = stage.server.bus.onChange((changes) => {
    for (const change of changes) if (change.topic === "webhook" && change.id === id) notices.push(...change.what);
  });
  stage.receiver.answer = (_hook, response) => void response.writeHead(410).end();
  await stage.tellOf(1);
  await stage.send();
  expect(await stage.endpoint(id)).toMatchObject({ state: "disabled", disabled_reason: "gone" });
  await vi.waitFor(() => expect(notices).toContain("state"));
  off();
  stage.receiver.reset();
  await stage.tellOf(2);
  await stage.send();
  expect(stage.receiver.received).toEqual([]);
  expect((await stage.endpoint(id)).waiting).toBe(2);
  const enabled = await stage.server.call<EndpointView>("POST", `/v1/webhooks/${id}/enable`);
  expect(enabled.body).toMatchObject({ state: "enabled", disabled_reason: null, disabled_at: null });
  await stage.send();
  expect(stage.receiver.received).toHaveLength(2);
});

test("HOOK-7 whoever fails for five days without one success is disabled; one success begins the days anew", async () => {
  const { id } = await stage.makeEndpoint("/");
  let status = 500;
  stage.receiver.answer = (_hook, response) => void response.writeHead(status).end();
  const failFor = async (days: number) => {
    for (let day = 0; day < days; day++) {
      await stage.tellOf(1);
      await stage.send();
      stage.server.clock.advance("PT24H");
    }
  };
  await failFor(4);
  status = 200;
  await stage.send();
  expect(await stage.endpoint(id)).toMatchObject({ state: "enabled", failing_since: null });
  status = 500;
  await failFor(5);
  expect((await stage.endpoint(id)).state).toBe("enabled");
  await stage.send();
  expect(await stage.endpoint(id)).toMatchObject({ state: "disabled", disabled_reason: "failing" });
  // Enabled without what has waited: it is kept, as skipped.
  await stage.server.call("POST", `/v1/webhooks/${id}/enable`, { waiting: "skip" });
  status = 200;
  stage.receiver.received.length = 0;
  await stage.send();
  expect(stage.receiver.received).toEqual([]);
  expect(await stage.deliveries(id, "waiting")).toEqual([]);
  expect((await stage.deliveries(id, "missed")).map(({ state }) => state)).toContain("skipped");
});

test("HOOK-8 a slow endpoint delays nobody but itself", async () => {
  const slow = await stage.makeEndpoint("/slow");
  await stage.makeEndpoint("/quick");
  const held: (() => void)[] = [];
  stage.receiver.answer = (hook, response) => {
    if (hook.path === "/slow") held.push(() => response.writeHead(200).end());
    else response.writeHead(200).end();
  };
  await stage.tellOf(50);
  stage.server.bus.changed("webhook", slow.id, ["queued"]);
  await vi.waitFor(() => expect(stage.receiver.at("/quick")).toHaveLength(50), { timeout: 10_000 });
  expect(stage.receiver.at("/slow")).toHaveLength(10);
  stage.receiver.answer = (_hook, response) => void response.writeHead(200).end();
  for (const go of held) go();
  await stage.send();
  expect(stage.receiver.at("/slow")).toHaveLength(50);
});

test("HOOK-9 two nodes share the work and tell nobody twice", async () => {
  await stage.makeEndpoint("/");
  const other = createRooms({ ...stage.server.context, node: "another" });
  await stage.tellOf(200);
  await Promise.all([stage.send(), other.webhooks.sendDue(), stage.send()]);
  expect(stage.receiver.received).toHaveLength(200);
  expect(new Set(stage.receiver.received.map((hook) => hook.id)).size).toBe(200);
});

test("HOOK-10 no request goes into the house: neither when an endpoint is made nor when something is sent", async () => {
  for (const url of [
    "http://10.0.0.1/",
    "http://169.254.169.254/latest",
    "http://[::1]:4000/",
    "http://192.168.1.1/",
  ]) {
    const { status, body } = await stage.server.call<{ code: string }>("POST", "/v1/webhooks", {
      url,
      types: ["segment.entered"],
    });
    expect([url, status, body.code]).toEqual([url, 422, "webhook_address_refused"]);
  }
  const { id } = await stage.makeEndpoint("/");
  await stage.server.pool.query("update webhooks.endpoints set url = 'http://10.0.0.1/'");
  await stage.tellOf(1);
  await stage.send();
  const [delivery] = await stage.deliveries(id);
  expect(delivery?.last_try).toMatchObject({ problem: "refused_address", status: null });
});
