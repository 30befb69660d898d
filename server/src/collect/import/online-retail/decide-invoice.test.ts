import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readItems } from "../import-orders.ts";
import { writeReport } from "../write-report.ts";
import { MICRO } from "./micro.ts";
import { WrongFile } from "./read-lines.ts";
import { Tally } from "./tally.ts";
import type { ImportItem } from "./to-items.ts";

const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kilim-import-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Rows as `invoice|code|description|quantity|time|price|customer|country`. */
async function read(...rows: string[]): Promise<{ items: ImportItem[]; tally: Tally }> {
  const file = join(folder, `${Math.random()}.csv`);
  await writeFile(file, `\uFEFF${[HEADER, ...rows.map((row) => row.replaceAll("|", ","))].join("\r\n")}\n`);
  const tally = new Tally();
  return { items: await Array.fromAsync(readItems([file], tally)), tally };
}

function orders(items: readonly ImportItem[]) {
  return items.filter((item) => !item.key.startsWith("customer:"));
}

describe("what an invoice becomes", () => {
  test("its lines are one order, told in the customer's name, at London's time in UTC", async () => {
    const { items } = await read(
      '500001|10001|"MUG, BLUE"|2|2011-06-01 12:00:00|2.50|10001.0|United Kingdom',
      "500001|10002|PLATE|1|2011-06-01 12:01:00|4.00|10001.0|United Kingdom",
    );
    expect(items.map((item) => item.key)).toEqual(["customer:10001:United Kingdom", "500001"]);
    expect(items[1]?.event).toMatchObject({
      type: "track",
      event: "Order Completed",
      userId: "10001",
      timestamp: "2011-06-01T11:00:00.000Z",
      properties: { order_id: "500001", currency: "GBP", revenue: 9, total: 9, shipping: 0 },
    });
    expect(items[0]?.event).toMatchObject({ type: "identify", traits: { country: "United Kingdom" } });
  });

  test("a cancellation is a refund with positive amounts", async () => {
    const { items } = await read("C500002|10001|MUG|-2|2011-01-05 10:00:00|2.50|10001|United Kingdom");
    expect(orders(items)[0]?.event).toMatchObject({
      event: "Order Refunded",
      timestamp: "2011-01-05T10:00:00.000Z",
      properties: { order_id: "C500002", revenue: 5, total: 5, products: [{ quantity: 2, price: 2.5 }] },
    });
  });

  test("a discount given later is a refund without products; one in an order lowers it", async () => {
    const { items } = await read(
      "C500003|D|Discount|-1|2011-01-05 10:00:00|7.50|10001|Spain",
      "500004|10001|MUG|4|2011-01-05 10:00:00|2.50|10001|Spain",
      "500004|D|Discount|-1|2011-01-05 10:00:00|1.00|10001|Spain",
    );
    const [refund, order] = orders(items);
    expect(refund?.event.properties).toMatchObject({ revenue: 7.5, products: [] });
    expect(order?.event.properties).toMatchObject({ revenue: 9 });
  });

  test("a guest is a person of their own, and nobody is told of", async () => {
    const { items, tally } = await read("500005|10001|MUG|1|2011-01-05 10:00:00|2.50||United Kingdom");
    expect(items).toHaveLength(1);
    expect(items[0]?.event).toMatchObject({ anonymousId: "guest-order-500005", properties: { guest: true } });
    expect(tally.guestOrders).toBe(1);
  });

  test("postage and vouchers stand beside the revenue, items keyed by hand within it", async () => {
    const { items } = await read(
      "500006|10001|MUG|1|2011-01-05 10:00:00|2.50|10001|France",
      "500006|m|Manual|1|2011-01-05 10:00:00|1.50|10001|France",
      "500006|POST|POSTAGE|1|2011-01-05 10:00:00|18.00|10001|France",
      "500006|gift_0001_20|Gift Voucher £20.00|1|2011-01-05 10:00:00|16.67|10001|France",
    );
    expect(orders(items)[0]?.event.properties).toMatchObject({
      revenue: 4,
      shipping: 18,
      vouchers: 16.67,
      total: 38.67,
      products: [{ product_id: "10001" }, { product_id: "M", name: "Manual" }],
    });
  });

  test("codes that differ only in case are one product", async () => {
    const { items, tally } = await read(
      "500007|85123A|HEART|1|2011-01-05 10:00:00|2.55|10001|France",
      "500007|85123a|HEART|1|2011-01-05 10:00:00|2.95|10001|France",
    );
    expect(orders(items)[0]?.event.properties).toMatchObject({
      products: [{ product_id: "85123A" }, { product_id: "85123A", sku: "85123a" }],
    });
    expect(tally.caseCodes).toBe(1);
  });

  test("exact duplicates count once, across a gap between their lines too", async () => {
    const line = "500008|10001|MUG|1|2011-01-05 10:00:00|2.50|10001|France";
    const other = "500009|10001|MUG|1|2011-01-05 10:00:00|2.50|10001|France";
    const { items, tally } = await read(line, other, line);
    expect(orders(items).map((item) => item.event.properties)).toMatchObject([{ revenue: 2.5 }, { revenue: 2.5 }]);
    expect(tally.buckets.get("duplicate")).toEqual({ lines: 1, money: 2.5 * MICRO });
  });

  test("what is no sale is left out: stock corrections, free parcels, bad debt, fees, postage alone", async () => {
    const { items, tally } = await read(
      "500010|10001||-10|2011-01-05 10:00:00|0.0||United Kingdom",
      "500011|10001||56|2011-01-05 10:00:00|0.0||United Kingdom",
      "A500012|B|Adjust bad debt|1|2011-08-12 14:50:00|-11062.06||United Kingdom",
      "C500013|AMAZONFEE|AMAZON FEE|-1|2011-01-05 10:00:00|13541.33||United Kingdom",
      "500014|POST|POSTAGE|1|2011-01-05 10:00:00|18.00|10001|France",
      "500015|10001|MUG|1|2011-01-05 10:00:00|-2.00|10001|France",
    );
    expect(items).toEqual([]);
    expect([...tally.buckets.keys()].sort()).toEqual(
      ["bad-debt", "fee", "negative-price", "no-goods", "nothing-to-pay", "stock-correction"].sort(),
    );
    expect(tally.addsUp()).toBe(true);
  });

  test("a gift within a paid order stays in it", async () => {
    const { items, tally } = await read(
      "500016|10001|MUG|1|2011-01-05 10:00:00|2.50|10001|France",
      "500016|10002|SAMPLE BAG|1|2011-01-05 10:00:00|0.0|10001|France",
    );
    expect(orders(items)[0]?.event.properties).toMatchObject({ revenue: 2.5, products: [{}, { price: 0 }] });
    expect(tally.freeLines).toBe(1);
  });

  test("a customer of two countries is told of twice, and counted once", async () => {
    const { items, tally } = await read(
      "500017|10001|MUG|1|2011-01-05 10:00:00|2.50|10001|Cyprus",
      "500018|10001|MUG|1|2011-02-05 10:00:00|2.50|10001|Austria",
    );
    expect(items.map((item) => item.key)).toEqual([
      "customer:10001:Cyprus",
      "500017",
      "customer:10001:Austria",
      "500018",
    ]);
    expect(tally.customers).toBe(1);
  });
});

describe("a file that is not as it should be", () => {
  test("rows that cannot be read are counted, their neighbours go in", async () => {
    const { items, tally } = await read(
      "500019|10001|MUG|one|2011-01-05 10:00:00|2.50|10001|France",
      "500019|10001|MUG|1|yesterday|2.50|10001|France",
      "500019|10001|MUG|1|2011-02-31 10:00:00|2.50|10001|France",
      "500019|10001|MUG",
      "500019|10001|MUG|1|2011-01-05 10:00:00|2.50|10001|France",
    );
    expect(tally.unreadable).toHaveLength(4);
    expect(orders(items)).toHaveLength(1);
  });

  test("another kind of file is refused with the columns it lacks", async () => {
    const file = join(folder, "other.csv");
    await writeFile(file, "id,InvoiceNo\n1,2\n");
    await expect(Array.fromAsync(readItems([file], new Tally()))).rejects.toThrow(WrongFile);
    await expect(Array.fromAsync(readItems([file], new Tally()))).rejects.toThrow(/StockCode/);
  });
});

test("the report says where every line and every penny went", async () => {
  const { tally } = await read(
    "500020|10001|MUG|3|2011-01-05 10:00:00|0.001|10001|France",
    "500020|POST|POSTAGE|1|2011-01-05 10:00:00|18.00|10001|France",
    "C500021|10001|MUG|-1|2011-01-05 10:00:00|2.50|10001|France",
  );
  const report = writeReport({ tally, result: { accepted: 3, repeated: 0, changed: ["500020"], rejected: [] } }).join(
    "\n",
  );
  expect(report).toContain("it adds up");
  expect(report).toMatch(/18\.00 {2}postage/);
  expect(report).toContain("Imported before with other content, left as they were: 1 (500020).");
});
