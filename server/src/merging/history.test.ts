import { afterAll, beforeAll, expect, test } from "vitest";

import { rows, sql } from "../platform/db.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import { eventsInHistory, segmentsAreLive, send, wholePerson } from "./testing/whole-person.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
}, 60_000);
afterAll(() => server.close());

let n = 0;
const id = () => `h${String(++n).padStart(5, "0")}`;
const identify = (userId: string, more: object = {}) => ({ type: "identify", messageId: id(), userId, ...more });
const order = (userId: string, orderId: string) => ({
  type: "track",
  event: "Order Completed",
  messageId: id(),
  userId,
  properties: { order_id: orderId, revenue: 10, currency: "EUR" },
});
const merge = (into: string, from: string) => server.call("POST", "/v1/profiles/merge", { into, from, reason: "test" });
const unmerge = (profile: string, from: string) => server.call("POST", "/v1/profiles/unmerge", { profile, from });

interface Overview {
  readonly profiles: number;
  readonly by_month: { people: number }[];
  readonly by_channel: { people: number }[];
  readonly recent: { profile_id: string }[];
}

/** What the screens ask of History about people. */
async function figures() {
  const overview = await server.call<Overview>("GET", "/v1/overview?days=30");
  const counts = await server.call<{ items: { name: string; people: number }[] }>("GET", "/v1/events/counts?days=30");
  const preview = await server.call<{ size: number; sample: { profile_id: string }[] }>(
    "POST",
    "/v1/segments/preview",
    {
      definition: { did: "Order Completed", count: { op: "gte", value: 2 } },
    },
  );
  return {
    people: overview.body.profiles,
    months: overview.body.by_month.map((row) => row.people).filter((people) => people > 0),
    channels: overview.body.by_channel.map((row) => row.people),
    newest: new Set(overview.body.recent.map((row) => row.profile_id)).size,
    buyers: counts.body.items.find(({ name }) => name === "Order Completed")?.people,
    loyal: preview.body.size,
    sample: preview.body.sample.map((one) => one.profile_id),
  };
}
const all = (people: number) => ({
  people,
  buyers: people,
  newest: people,
  months: [people],
  channels: [people],
});
const rewrites = () => rows<{ n: number }>(server.db, sql`select count(*) as n from pipeline.rewrites`);
const rowsUnder = (profile: string, person: string) =>
  server.history.query<{ n: number }>(
    "select count() as n from events where profile_id = {profile:UUID} and person_id = {person:UUID}",
    { profile, person },
  );
const overrides = (from: string) =>
  server.history.query<{ n: number }>("select count() as n from profile_overrides where from_id = {from:UUID}", {
    from,
  });

test("MRG-5 every question to History sees a merge before, between and after the steps of its rewriting, and a chain is taken apart from all of them", async () => {
  await send(
    server,
    identify("x1"),
    order("x1", "x-1"),
    identify("y1"),
    order("y1", "y-1"),
    identify("z1"),
    order("z1", "z-1"),
  );
  const [x, y, z] = await Promise.all(["x1", "y1", "z1"].map((user) => wholePerson(server, `user_id:${user}`)));
  if (!x || !y || !z) throw new Error("nobody");
  expect(await figures()).toMatchObject({ ...all(3), loyal: 0 });

  // x into y, y into z: at once one person, though not a row has been touched.
  expect((await merge(y.id, x.id)).status).toBe(200);
  expect((await merge(z.id, y.id)).status).toBe(200);
  await server.settle();
  const seen = await figures();
  expect(seen).toMatchObject({ ...all(1), loyal: 1, sample: [z.id] });
  expect(await rowsUnder(x.id, x.id)).toEqual([{ n: 2 }]);

  // Written into the rows, with the overrides still there; then without them. Nobody sees a difference.
  server.clock.advance({ minutes: 11 });
  await server.settle();
  expect(await rowsUnder(x.id, z.id)).toEqual([{ n: 2 }]);
  expect(await overrides(x.id)).not.toEqual([{ n: 0 }]);
  expect(await figures()).toMatchObject({ ...all(1), loyal: 1, sample: [z.id] });
  server.clock.advance({ minutes: 11 });
  await server.settle();
  expect([await overrides(x.id), await overrides(y.id), await rewrites()]).toEqual([
    [{ n: 0 }],
    [{ n: 0 }],
    [{ n: 0 }],
  ]);
  expect(await figures()).toMatchObject({ ...all(1), loyal: 1, sample: [z.id] });
  expect((await wholePerson(server, z.id)).events).toHaveLength(6);
  await server.call("POST", "/v1/segments", {
    name: "Bought three times",
    definition: { did: "Order Completed", count: { op: "gte", value: 3 } },
  });
  await segmentsAreLive(server);
  expect((await wholePerson(server, z.id)).person.segments).toEqual(["Bought three times"]);

  // The first of the chain lives again; what it does since is its own. Then the second.
  await send(server, order("x1", "x-2"), order("z1", "z-2"));
  expect((await unmerge(z.id, x.id)).status).toBe(200);
  await server.settle();
  expect(await figures()).toMatchObject({ ...all(2), loyal: 2 });
  expect((await wholePerson(server, x.id)).person.computed).toMatchObject({ orders: 2 });
  expect((await wholePerson(server, z.id)).person.computed).toMatchObject({ orders: 3 });
  expect((await unmerge(z.id, y.id)).status).toBe(200);
  await server.settle();
  expect(await figures()).toMatchObject({ ...all(3), loyal: 2 });
  expect(await wholePerson(server, "user_id:y1")).toMatchObject({ id: y.id, events: y.events });
  expect((await wholePerson(server, z.id)).person.segments).toEqual([]);
  for (const [one, count] of [
    [x, 3],
    [y, 2],
    [z, 3],
  ] as const)
    expect(await eventsInHistory(server, one.id), one.id).toBe(count);
}, 120_000);

test("MRG-3 taking the middle of a chain out brings along who was merged into it, and they can be taken apart, too", async () => {
  await send(server, identify("p1"), order("p1", "p-1"), identify("q1"), order("q1", "q-1"), identify("r1"));
  const [p, q, r] = await Promise.all(["p1", "q1", "r1"].map((user) => wholePerson(server, `user_id:${user}`)));
  if (!p || !q || !r) throw new Error("nobody");
  await merge(q.id, p.id);
  await server.settle();
  const both = await wholePerson(server, q.id);
  await merge(r.id, q.id);
  expect((await unmerge(r.id, q.id)).status).toBe(200);
  await server.settle();
  expect(await wholePerson(server, "user_id:p1")).toEqual(both);
  expect(await wholePerson(server, "user_id:r1")).toEqual(r);
  expect((await unmerge(q.id, p.id)).status).toBe(200);
  await server.settle();
  expect(await wholePerson(server, "user_id:p1")).toEqual(p);
  expect(await wholePerson(server, "user_id:q1")).toEqual(q);
}, 60_000);

test("MRG-2 what cannot be merged or separated is refused with the reason", async () => {
  await send(server, identify("e1"), identify("e2"));
  const one = await wholePerson(server, "user_id:e1");
  const two = await wholePerson(server, "user_id:e2");
  const nobody = "0198c000-0000-7000-8000-000000000001";
  expect(await merge("user_id:e1", one.id)).toMatchObject({ status: 409, body: { code: "same_person" } });
  expect(await merge("user_id:e1", nobody)).toMatchObject({ status: 404, body: { code: "unknown_person" } });
  expect(await merge("user_id:e1", "user_id:nobody")).toMatchObject({ status: 404 });
  expect(await unmerge(one.id, two.id)).toMatchObject({ status: 409, body: { code: "not_merged" } });
  const call = () =>
    server.call(
      "POST",
      "/v1/profiles/merge",
      { into: one.id, from: two.id, reason: "once" },
      { "idempotency-key": "merge-once" },
    );
  const first = await call();
  expect(first.status).toBe(200);
  expect(await call()).toEqual(first);
  expect(await merge(one.id, two.id)).toMatchObject({ status: 409, body: { code: "same_person" } });
}, 60_000);

test("MRG-3 events that come in while two are taken apart are each counted once, with their own", async () => {
  await send(server, identify("l1"), identify("l2"));
  const one = await wholePerson(server, "user_id:l1");
  const two = await wholePerson(server, "user_id:l2");
  await merge(one.id, two.id);
  const stream = Array.from({ length: 40 }, (_, i) => order(i % 2 ? "l1" : "l2", `l-${i}`));
  const sending = (async () => {
    for (const each of stream) {
      await fetch(`${server.url}/v1/batch`, {
        method: "POST",
        headers: { authorization: `Bearer ${server.writeKey}`, "content-type": "application/json" },
        body: JSON.stringify({ batch: [each] }),
      });
    }
  })();
  expect((await unmerge(one.id, two.id)).status).toBe(200);
  await sending;
  await server.settle();
  for (const [user, whole] of [
    ["l1", one],
    ["l2", two],
  ] as const) {
    const now = await wholePerson(server, `user_id:${user}`);
    expect(now.id).toBe(whole.id);
    expect(now.person.computed).toMatchObject({ orders: 20 });
    expect(now.events).toHaveLength(21);
    expect(await eventsInHistory(server, now.id)).toBe(21);
  }
}, 60_000);
