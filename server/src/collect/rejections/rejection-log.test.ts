import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../../platform/testing/server.ts";
import { readDoorCounts } from "./queries/rejections.pg.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

test("COL-7 while the list of refusals cannot be written, answers come at once, all is counted, and little is held", async () => {
  const holder = await server.pool.connect();
  await holder.query("begin; lock table collect.rejections in access exclusive mode");
  const batch = Array.from({ length: 2_000 }, (_, i) => ({ type: "track", event: `Nobody ${i}` }));
  const written = async () => {
    const counts = await readDoorCounts(server.db, "2026-03-02T00:00:00Z");
    return counts.find(({ code }) => code === "no_user_anon_id")?.n ?? 0;
  };
  for (let request = 0; request < 10; request++) {
    const { status } = await server.call(
      "POST",
      "/v1/batch",
      { batch },
      { authorization: `Bearer ${server.writeKey}` },
    );
    expect(status).toBe(200);
    // The first is on its way and held up; what comes after waits behind it.
    if (request === 0) while ((await written()) === 0);
  }
  await holder.query("rollback");
  holder.release();
  while ((await written()) < 20_000);
  const kept = async () =>
    (await server.pool.query<{ n: number }>("select count(*)::int as n from collect.rejections")).rows[0]?.n ?? 0;
  while ((await kept()) < 100);
  expect(await kept()).toBe(100);
});
