import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { Retention, RetentionPreview, RetentionRun, RetentionView } from "./contracts.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const DAY = 24;
let serial = 0;
const who = () => `aged-${serial}`;

/** Events of one person that happened so many days ago, received then, too. */
async function happened(daysAgo: number, ...events: { event: string; properties?: object }[]): Promise<void> {
  const at = server.clock
    .now()
    .subtract({ hours: DAY * daysAgo })
    .toString();
  const batch = events.map((event) => ({
    type: "track",
    userId: who(),
    messageId: `a-${++messages}`,
    timestamp: at,
    ...event,
  }));
  await server.call("POST", "/v1/import", { writeKey: server.writeKey, batch });
  await server.settle();
}
let messages = 0;

const names = async () =>
  (
    await server.history.query<{ name: string }>("select name from events where user_id = {who:String} order by name", {
      who: who(),
    })
  ).map(({ name }) => name);

const put = (retention: Retention) => server.call<RetentionView>("PUT", "/v1/retention", retention);
const preview = async (retention: Retention) =>
  (await server.call<RetentionPreview>("POST", "/v1/retention/preview", retention)).body;

/** Goes on to the next day's run and waits for it. */
async function nextRun(days = 1): Promise<RetentionRun> {
  server.clock.advance({ hours: DAY * days });
  const day = server.clock.now().toString().slice(0, 10);
  let run: RetentionRun | undefined;
  await expect
    .poll(async () => {
      const { body } = await server.call<{ items: RetentionRun[] }>("GET", "/v1/retention/runs?limit=1");
      run = body.items[0];
      return run?.finished_at?.slice(0, 10);
    })
    .toBe(day);
  return run as RetentionRun;
}

beforeEach(() => {
  serial += 1;
});

test("PRI-7 nothing goes unless somebody says so", async () => {
  await happened(400, { event: "Product Viewed" });
  expect((await server.call<RetentionView>("GET", "/v1/retention")).body).toEqual({
    days: null,
    keep_orders: true,
    exceptions: [],
    updated_at: null,
  });
  expect((await nextRun(10)).events).toBe(0);
  expect(await names()).toEqual(["Product Viewed"]);
});

test("PRI-7 older events leave History with the day's run, orders and named exceptions stay, what is computed stays", async () => {
  await happened(
    200,
    { event: "Product Viewed" },
    { event: "Signed" },
    { event: "Fleeting" },
    { event: "Order Completed", properties: { order_id: "o-1", revenue: 10, currency: "EUR" } },
  );
  await happened(50, { event: "Product Viewed" }, { event: "Fleeting" });
  const before = await server.call<{ computed: object }>("GET", `/v1/profiles/user_id:${who()}`);
  const retention = {
    days: 100,
    keep_orders: true,
    exceptions: [
      { event: "Signed", days: null },
      { event: "Fleeting", days: 10 },
    ],
  };
  await put(retention);
  // What lies in State to refill a lost History from is not touched yet: it would come back.
  expect((await nextRun()).events).toBe(1);
  expect(await names()).toHaveLength(6);
  expect((await preview(retention)).events).toBe(3);
  const run = await nextRun(9);
  expect(run.events).toBe(3);
  expect(await names()).toEqual(["Order Completed", "Product Viewed", "Signed"]);
  expect((await preview(retention)).events).toBe(0);
  const after = await server.call<{ computed: object }>("GET", `/v1/profiles/user_id:${who()}`);
  expect(after.body.computed).toEqual(before.body.computed);
});

test("PRI-7 a month of which nothing stays is dropped at once", async () => {
  await put({ days: null, keep_orders: true, exceptions: [] });
  await happened(
    1,
    { event: "Product Viewed" },
    { event: "Order Completed", properties: { order_id: "o-2", revenue: 1 } },
  );
  await put({ days: 60, keep_orders: false, exceptions: [] });
  const run = await nextRun(90);
  expect(run.months).toBeGreaterThan(0);
  expect(await names()).toEqual([]);
});

test("PRI-7 while History is away the run is tried again", async () => {
  await server.pool.query(
    "insert into privacy.retention_runs (id, day, began_at, leased_until) values (gen_random_uuid(), $1, $2, $2)",
    [server.clock.now().add({ hours: DAY }).toString().slice(0, 10), server.clock.now().toString()],
  );
  expect((await nextRun()).problem).toBeNull();
});
