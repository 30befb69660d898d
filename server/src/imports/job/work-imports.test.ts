import { randomBytes } from "node:crypto";

import { afterEach, beforeEach, expect, test } from "vitest";

import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { ImportDetail } from "../contracts.ts";
import type { ImportsDeps } from "../deps.ts";
import { claimJob } from "../queries/claim-job.pg.ts";
import { untilOver, upload } from "../testing/import-text.ts";
import { commitChunk } from "./commit-chunk.ts";
import { runJob } from "./run-job.ts";
import { workImports } from "./work-imports.ts";

const ROWS = 6_000;

let server: TestServer;
let deps: ImportsDeps;
beforeEach(async () => {
  server = await createServer();
  await server.rooms.imports.stop?.();
  deps = { ...server, log: server.app.log as unknown as ImportsDeps["log"], importBytes: 64 * 1024 * 1024 };
});
afterEach(() => server.close());

function makeOrders(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => `o${Math.floor(i / 3)},2025-01-01,u${i % 97},p${i},1,1.00`);
  return `order_id,date,customer_id,sku,quantity,price\n${lines.join("\n")}\n`;
}

async function begin(content: string | Uint8Array): Promise<string> {
  const file = await upload(server, content);
  const { body } = await server.call<ImportDetail>("POST", "/v1/imports", {
    file,
    kind: "orders",
    columns: [
      ["order_id", "order_id"],
      ["date", "time"],
      ["customer_id", "user_id"],
      ["sku", "product_id"],
      ["quantity", "quantity"],
      ["price", "price"],
    ].map(([column, field]) => ({ column, field })),
    options: { currency: "EUR" },
  });
  return body.id;
}

async function read(id: string): Promise<ImportDetail> {
  return (await server.call<ImportDetail>("GET", `/v1/imports/${id}`)).body;
}

async function claim(id: string) {
  const now = server.clock.now();
  const job = await claimJob(server.db, { id, now: now.toString(), until: now.add({ seconds: 10 }).toString() });
  if (!job) throw new Error("not claimed");
  return job;
}

/** What History holds, each order once and whole. */
async function ordersInHistory(): Promise<unknown> {
  await server.settle();
  return server.history.query(
    "select count() as n, uniqExact(order_id) as orders, sum(revenue_minor) as revenue, sum(JSONLength(properties, 'products')) as lines from events where name = 'Order Completed'",
  );
}

const WHOLE = [{ n: ROWS / 3, orders: ROWS / 3, revenue: ROWS * 100, lines: ROWS }];

test.each([["plain"], ["utf16"]])(
  "IMP-27 a worker that dies anywhere loses nothing and doubles nothing: the next goes on from its last commit (%s)",
  async (form) => {
    const text = makeOrders(ROWS);
    const id = await begin(form === "plain" ? text : Buffer.from(`\uFEFF${text}`, "utf16le"));
    let commits = 0;
    for (let life = 0; (await read(id)).state !== "done"; life++) {
      const job = await claim(id);
      let left = 1 + ((randomBytes(1)[0] ?? 0) % 4);
      // Dies right behind a commit, with what it had read ahead.
      const dying: ImportsDeps = {
        ...deps,
        bus: Object.assign(Object.create(deps.bus) as ImportsDeps["bus"], {
          wake: () => undefined,
          changed: () => {
            commits++;
            if (--left === 0) throw new Error("killed");
          },
        }),
      };
      await runJob(dying, job, new AbortController().signal).catch(() => undefined);
      server.clock.advance("PT11S");
      await server.rooms.pipeline.drain();
      expect(life).toBeLessThan(20);
    }
    expect(commits).toBeGreaterThanOrEqual(12);
    expect(await read(id)).toMatchObject({ rows: ROWS, accepted: ROWS / 3, repeated: 0, changed: 0, rejected: 0 });
    expect(await ordersInHistory()).toEqual(WHOLE);
  },
);

test("IMP-28 a worker that slept through its lease commits nothing more", async () => {
  const id = await begin(makeOrders(9));
  const stale = await claim(id);
  server.clock.advance("PT11S");
  const next = await claim(id);
  expect(next.epoch).toBe(stale.epoch + 1);
  const mark = { position: 1, nextRow: 2, refusing: null, bytesDone: 1, isDone: false };
  const item = { key: "x", digest: "00", sender: "x", row: 2, text: "", events: [] };
  const ready = [{ items: [item], problems: [] }];
  expect(await commitChunk(deps, stale, ready, 1, mark)).toBe(false);
  expect(await commitChunk(deps, next, ready, 1, mark)).toBe(true);
});

test("IMP-29 cancelled, nothing more is taken; resumed, it goes on and comes to the same", async () => {
  const id = await begin(makeOrders(ROWS));
  const seen = new Promise<void>((resolve) =>
    server.bus.onChange((changes) => {
      if (changes.some(({ what }) => what.includes("progress"))) resolve();
    }),
  );
  const working = workImports(deps, new AbortController().signal);
  await seen;
  const { body } = await server.call<ImportDetail>("POST", `/v1/imports/${id}/cancel`);
  expect(body.state).toBe("cancelled");
  await working;
  const stopped = await read(id);
  expect(stopped).toMatchObject({ state: "cancelled", rows: body.rows, accepted: body.accepted });
  expect(stopped.rows).toBeLessThan(ROWS);
  expect((await server.call("POST", `/v1/imports/${id}/cancel`)).status).toBe(409);
  await server.call("POST", `/v1/imports/${id}/resume`);
  await workImports(deps, new AbortController().signal);
  expect(await untilOver(server, id)).toMatchObject({ state: "done", rows: ROWS, accepted: ROWS / 3, repeated: 0 });
  expect(await ordersInHistory()).toEqual(WHOLE);
});

test("IMP-30 stopped with Kilim, it waits and goes on with the next start", async () => {
  const id = await begin(makeOrders(ROWS));
  const stopping = new AbortController();
  const off = server.bus.onChange((changes) => {
    if (changes.some(({ what }) => what.includes("progress"))) stopping.abort();
  });
  await workImports(deps, stopping.signal);
  off();
  expect(await read(id)).toMatchObject({ state: "waiting" });
  await workImports(deps, new AbortController().signal);
  expect(await read(id)).toMatchObject({ state: "done", accepted: ROWS / 3 });
});

test("IMP-31 an import waits while the inbox is full, and other traffic goes before it", async () => {
  await server.rooms.pipeline.stop?.();
  const id = await begin(makeOrders(60_000));
  const stopping = new AbortController();
  const working = workImports(deps, stopping.signal);
  let waiting = 0;
  for (let same = 0; same < 3; ) {
    const { body } = await server.call<{ inbox: number }>("GET", "/v1/pipeline");
    same = body.inbox === waiting && waiting > 0 ? same + 1 : 0;
    waiting = body.inbox;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(waiting).toBeGreaterThan(4_000);
  expect(waiting).toBeLessThan(5_000);
  expect((await read(id)).state).toBe("running");
  stopping.abort();
  await working;
});
