import { existsSync, globSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { readItems } from "../collect/import/import-orders.ts";
import { Tally } from "../collect/import/online-retail/tally.ts";
import { fitted } from "./fitted-figures.ts";

const REAL = resolve(import.meta.dirname, "../../../../shared/data/online-retail");
if (!existsSync(REAL)) console.log("skipped: the Online Retail files are not beside the repository");

const DAY_MS = 86_400_000;

interface Bought {
  readonly at: number;
  readonly lines: number;
}

async function readOrders() {
  const files = globSync("*.csv", { cwd: REAL })
    .sort()
    .map((name) => join(REAL, name));
  const byCustomer = new Map<string, Bought[]>();
  let guests = 0;
  let returns = 0;
  for await (const { event } of readItems(files, new Tally())) {
    const { products = [] } = (event.properties ?? {}) as { products?: { product_id: string }[] };
    const customer = event.userId as string | undefined;
    if (event.event === "Order Refunded" && customer && products.length > 0) returns += 1;
    if (event.event !== "Order Completed") continue;
    if (!customer) guests += 1;
    else {
      const order = { at: Date.parse(String(event.timestamp)), lines: new Set(products.map((p) => p.product_id)).size };
      byCustomer.set(customer, [...(byCustomer.get(customer) ?? []), order]);
    }
  }
  for (const orders of byCustomer.values()) orders.sort((a, b) => a.at - b.at);
  return { byCustomer, guests, returns };
}

function fitLogNormal(values: readonly number[]): { mu: number; sigma: number } {
  const logs = values.map(Math.log);
  const mu = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return { mu, sigma: Math.sqrt(logs.reduce((sum, log) => sum + (log - mu) ** 2, 0) / logs.length) };
}

test.skipIf(!existsSync(REAL))(
  "the demo's rhythm is that of real orders: time between purchases, basket size, returns, share of guests",
  async () => {
    const { byCustomer, guests, returns } = await readOrders();
    const people = [...byCustomer.values()];
    const orders = people.flat();
    const gaps = people.flatMap((own) => own.slice(1).map(({ at }, i) => (at - (own[i]?.at ?? 0)) / DAY_MS));
    const gapDays = fitLogNormal(gaps.filter((days) => days >= 0.5));
    const lines = fitLogNormal(orders.map((order) => order.lines).filter((n) => n > 0));
    const buysAgain = [1, 2, 3].map(
      (n) => people.filter((own) => own.length > n).length / people.filter((own) => own.length >= n).length,
    );
    expect(Math.abs(gapDays.mu - fitted.gapDays.mu)).toBeLessThan(0.15);
    expect(Math.abs(gapDays.sigma - fitted.gapDays.sigma)).toBeLessThan(0.15);
    expect(Math.abs(lines.mu - Math.log(10) - fitted.basketLines.mu)).toBeLessThan(0.15);
    expect(Math.abs(lines.sigma - fitted.basketLines.sigma)).toBeLessThan(0.15);
    for (const [i, share] of buysAgain.entries()) {
      expect(Math.abs(share - (fitted.buysAgain[i] ?? 0))).toBeLessThan(0.05);
    }
    expect(Math.abs(returns / orders.length - fitted.returnShare)).toBeLessThan(0.03);
    expect(Math.abs(guests / (guests + orders.length) - fitted.guestShare)).toBeLessThan(0.02);
  },
  120_000,
);
