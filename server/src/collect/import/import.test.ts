import { execFile } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, test } from "vitest";
import { createPipeline, type Pipeline } from "../../pipeline/index.ts";
import { type App, buildApp } from "../../platform/http.ts";
import { createLog } from "../../platform/log.ts";
import { createWorld, type World } from "../../platform/testing/world.ts";
import { importOrders } from "./import-orders.ts";
import { createImport } from "./routes.ts";
import { ImportRefused } from "./send-items.ts";

const REAL = resolve(import.meta.dirname, "../../../../../shared/data/online-retail");
const ROWS = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
500001,10001,MUG,2,2011-01-05 10:00:00,2.50,10001.0,United Kingdom
500002,10001,MUG,1,2011-01-06 10:00:00,2.50,,United Kingdom
C500003,10001,MUG,-1,2011-02-07 10:00:00,2.50,10001.0,United Kingdom
`;

let world: World;
let app: App;
let pipeline: Pipeline;
let url: string;
let folder: string;
beforeAll(async () => {
  world = await createWorld();
  const log = createLog("test", "warn");
  app = buildApp({
    log,
    publicUrl: "http://kilim.test",
    authenticate: async ({ headers }) =>
      headers.authorization === "Bearer secret-key"
        ? { kind: "secret", keyId: "k", source: "k" }
        : { kind: "anonymous" },
  });
  createImport(world).routes?.(app);
  await app.listen({ host: "127.0.0.1", port: 0 });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const segments = {
    foldBatch: async () => [],
    takeDue: async () => ({ changes: [], profiles: new Map(), more: false }),
    nextDue: async () => null,
    countBeyond: async () => ({ people: 0, waiting: 0 }),
  };
  pipeline = createPipeline({ ...world, log, rawDays: 7, segments, followers: [] });
  await pipeline.start?.();
  folder = await mkdtemp(join(tmpdir(), "kilim-import-"));
});
afterAll(async () => {
  await pipeline.stop?.();
  await app.close();
  await world.close();
  await rm(folder, { recursive: true });
});

async function importText(text: string) {
  const file = join(folder, "orders.csv");
  await writeFile(file, text);
  return importOrders([file], { url, key: "secret-key" }, () => {});
}

async function inHistory(): Promise<{ name: string; n: number; revenue: number; historical: number }[]> {
  await pipeline.drain();
  return world.history.query(
    "select name, count() as n, sum(revenue_minor) as revenue, min(historical) as historical from events group by name order by name",
  );
}

test("a file goes in as history, and a second time doubles nothing, even after the memory of message ids is gone", async () => {
  expect((await importText(ROWS)).result).toEqual({ accepted: 4, repeated: 0, changed: [], rejected: [] });
  const once = await inHistory();
  expect(once).toEqual([
    { name: "Identify", n: 1, revenue: 0, historical: 1 },
    { name: "Order Completed", n: 2, revenue: 750, historical: 1 },
    { name: "Order Refunded", n: 1, revenue: 250, historical: 1 },
  ]);
  world.clock.advance("P60D");
  expect((await importText(ROWS)).result).toEqual({ accepted: 0, repeated: 4, changed: [], rejected: [] });
  expect(await inHistory()).toEqual(once);
});

test("two imports of one file at once count it once", async () => {
  const text = ROWS.replaceAll("50000", "60000");
  const [a, b] = await Promise.all([importText(text), importText(text)]);
  expect(a.result.accepted + b.result.accepted).toBe(3);
});

test("an order that says something else now is reported and left as it was", async () => {
  const before = await inHistory();
  const { result } = await importText(ROWS.replace("MUG,2", "MUG,3"));
  expect(result).toMatchObject({ accepted: 0, repeated: 3, changed: ["500001"] });
  expect(await inHistory()).toEqual(before);
});

test("a row that the door refuses does not sink its neighbours", async () => {
  const { result } = await importText(
    ROWS.replaceAll("50000", "70000").replace("700001,10001,MUG", '700001,10001,"M\0UG"'),
  );
  expect(result.rejected).toMatchObject([{ key: "700001", code: "invalid_characters" }]);
  expect(result.accepted).toBe(2);
});

test("a wrong key and a server that is not there are each a sentence", async () => {
  const file = join(folder, "orders.csv");
  await expect(importOrders([file], { url, key: "no" }, () => {})).rejects.toThrow(ImportRefused);
  await expect(importOrders([file], { url, key: "no" }, () => {})).rejects.toThrow(/refuses the key/);
  await expect(importOrders([file], { url: "http://127.0.0.1:9", key: "no" }, () => {})).rejects.toThrow(/npm start/);
});

test("the command ends with a report and 0, or with one sentence and another code", async () => {
  const file = join(folder, "orders.csv");
  const script = resolve(import.meta.dirname, "../../import.ts");
  const command = (...words: string[]) =>
    promisify(execFile)(process.execPath, [script, ...words, "--url", url, "--key", "secret-key"]).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr }),
    );
  expect(await command("orders", file)).toMatchObject({ code: 0, text: expect.stringContaining("it adds up") });
  expect(await command("orders")).toMatchObject({ code: 2, text: expect.stringContaining("usage:") });
  expect(await command("orders", join(folder, "none.csv"))).toMatchObject({
    code: 1,
    text: expect.stringMatching(/ENOENT.*none/),
  });
  await writeFile(join(folder, "other.csv"), "a,b\n1,2\n");
  const other = await command("orders", "--preset", "online-retail", join(folder, "other.csv"));
  expect(other).toMatchObject({ code: 1, text: expect.stringMatching(/has no column InvoiceNo/) });
});

/** The same figures by another way: plain reading of the whole text, no code of the importer's. */
async function readNaively(files: readonly string[]) {
  const months = new Map<string, { orders: number; revenue: number; refunds: number }>();
  const invoices = new Map<string, { month: string; pence: number; goods: boolean; paid: number }>();
  for (const file of files) {
    const seen = new Set<string>();
    for (const row of (await readFile(file, "utf8")).trim().split(/\r?\n/).slice(1)) {
      if (seen.has(row)) continue;
      seen.add(row);
      const cells = /^([^,]*),([^,]*),(.*),(-?\d+),([\d :-]+),(-?[\d.]+),([^,]*),([^,]*)$/.exec(row);
      if (!cells) throw new Error(`not read: ${row}`);
      const [, invoice = "", code = "", , quantity, time = "", price] = cells;
      if (/^(S|BANK CHARGES|AMAZONFEE|CRUK|B)$/i.test(code) || invoice.startsWith("A")) continue;
      if (Number(price) <= 0 && !(Number(price) === 0 && Number(quantity) > 0)) continue;
      const known = invoices.get(invoice) ?? { month: time.slice(0, 7), pence: 0, goods: false, paid: 0 };
      const amount = Number(quantity) * Number(price);
      known.paid += Math.abs(amount);
      if (!/^(POST|DOT|C2|C3|gift_.*)$/i.test(code)) {
        known.pence += amount;
        if (code !== "D") known.goods = true;
      }
      invoices.set(invoice, known);
    }
  }
  for (const [invoice, { month, pence, goods, paid }] of invoices) {
    const sums = months.get(month) ?? { orders: 0, revenue: 0, refunds: 0 };
    if (invoice.startsWith("C")) sums.refunds -= pence;
    else if (goods && paid > 0) {
      sums.orders += 1;
      sums.revenue += pence;
    }
    months.set(month, sums);
  }
  return months;
}

test.skipIf(!existsSync(REAL))(
  "the real order files give, month by month, what an independent reading of them gives",
  async () => {
    await pipeline.drain();
    await world.history.command("truncate table events");
    const files = globSync("*.csv", { cwd: REAL })
      .sort()
      .map((name) => join(REAL, name));
    const { tally, result } = await importOrders(files, { url, key: "secret-key" }, () => {});
    expect(tally.addsUp()).toBe(true);
    expect(result.rejected).toEqual([]);
    await pipeline.drain();
    const months = await world.history.query<{ month: string; orders: number; revenue: number; refunds: number }>(`
      select formatDateTime(timestamp, '%Y-%m', 'Europe/London') as month,
        countIf(name = 'Order Completed') as orders,
        sumIf(revenue_minor, name = 'Order Completed') as revenue,
        sumIf(revenue_minor, name = 'Order Refunded') as refunds
      from events where source = 'import:orders' and name like 'Order %' group by month order by month`);
    const expected = await readNaively(files);
    expect(months.map((row) => row.month)).toEqual([...expected.keys()].sort());
    for (const { month, orders, revenue, refunds } of months) {
      const naive = expected.get(month);
      expect([month, orders]).toEqual([month, naive?.orders]);
      // Half a penny of rounding per order at most.
      expect(Math.abs(revenue / 100 - (naive?.revenue ?? 0))).toBeLessThan(1);
      expect(Math.abs(refunds / 100 - (naive?.refunds ?? 0))).toBeLessThan(1);
    }
    expect((await importOrders(files, { url, key: "secret-key" }, () => {})).result.accepted).toBe(0);
  },
  240_000,
);
if (!existsSync(REAL)) console.log("skipped: the Online Retail files are not beside the repository");
