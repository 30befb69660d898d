import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { PreviewView } from "./contracts.ts";
import { importText, upload } from "./testing/import-text.ts";

const DATA = resolve(import.meta.dirname, "../../../../shared/data");
const hasData = existsSync(join(DATA, "completejourney"));
if (!hasData) console.log("skipped: the public data sets are not beside the repository");

describe.skipIf(!hasData)("real files", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await createServer();
  });
  afterAll(() => server.close());

  test("a year of a grocer's baskets: as many orders and as much money as an independent reading of the file finds", async () => {
    const [header = "", ...rows] = (await readFile(join(DATA, "completejourney/transactions_sample.csv"), "utf8"))
      .trim()
      .split(/\r?\n/);
    const basketOf = (row: string) => row.split(",")[2] ?? "";
    // The sample is in no order; orders are rows that stand together.
    const sorted = rows.slice(0, 8_000).sort((a, b) => (basketOf(a) < basketOf(b) ? -1 : 1));
    const cents = sorted.reduce((sum, row) => sum + Math.round(Number(row.split(",")[5]) * 100), 0);
    const done = await importText(
      server,
      "orders",
      [header, ...sorted].join("\n"),
      {
        household_id: "user_id",
        store_id: "store_id",
        basket_id: "order_id",
        product_id: "product_id",
        quantity: "quantity",
        sales_value: "line_total",
        coupon_disc: "product:coupon_discount",
        transaction_timestamp: "time",
      },
      { currency: "USD", channel: "store", zone: "America/New_York" },
    );
    const orders = new Set(sorted.map(basketOf)).size;
    expect(done).toMatchObject({ state: "done", rows: 8_000, accepted: orders, rejected: 0, changed: 0 });
    await server.settle();
    const [found] = await server.history.query<{ n: number; revenue: number }>(
      "select count() as n, sum(revenue_minor) as revenue from events where name = 'Order Completed'",
    );
    expect(found).toEqual({ n: orders, revenue: cents });
  }, 240_000);

  test("households become people, by what their header says", async () => {
    const text = await readFile(join(DATA, "completejourney/demographics.csv"), "utf8");
    const file = await upload(server, text);
    const { body } = await server.call<PreviewView>("POST", "/v1/imports/preview", { file, kind: "people" });
    expect(body).toMatchObject({ missing: [], tried: { rejected: 0, whole: true } });
    const { columns } = body.suggested;
    const done = await importText(
      server,
      "people",
      text,
      columns.map(({ column, field }) => ({ column, field })),
    );
    const rows = parse(text).length - 1;
    expect(done).toMatchObject({ rows, accepted: rows, rejected: 0 });
  });

  test.each(["apparel", "home-and-garden", "jewelery"])(
    "the CSV of a shop with HTML inside its cells (%s) is read as another reader reads it",
    async (name) => {
      const text = await readFile(join(DATA, `shopify-product-csv/${name}.csv`), "utf8");
      const file = await upload(server, text);
      const { body } = await server.call<PreviewView>("POST", "/v1/imports/preview", {
        file,
        kind: "people",
        columns: [{ column: "Handle", field: "user_id" }],
      });
      const rows = parse(text, { columns: true, bom: true, relax_column_count: true }) as Record<string, string>[];
      expect(body.tried.rows).toBe(rows.length);
      expect(body.tried.rejected).toBe(0);
      const bodies = body.found.find((column) => column.name === "Body (HTML)")?.samples;
      const expected = rows.map((row) => row["Body (HTML)"]?.trim() ?? "").filter(Boolean);
      expect(bodies).toEqual(expected.slice(0, 3).map((sample) => sample.slice(0, 120)));
    },
  );
});
