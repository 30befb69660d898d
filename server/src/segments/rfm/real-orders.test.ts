import { existsSync, globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { createWorld } from "../../platform/testing/world.ts";
import { Params } from "../compile/params.ts";
import { DAY_MS } from "../predicates/times.ts";
import { personId } from "../testing/harness.ts";
import { findBoundaries } from "./queries/boundaries.ch.ts";
import { ORDER_NAMES, scoresSql } from "./queries/scored-people.ch.ts";

const REAL = resolve(import.meta.dirname, "../../../../../shared/data/online-retail");
const hasData = existsSync(REAL);
if (!hasData) console.log("skipped: the Online Retail files are not beside the repository");
/** The evening of the last day of the files. */
const NOW = Date.parse("2011-06-23T00:00:00Z");

interface Order {
  customer: string;
  at: number;
  pence: number;
}

/** Invoice, quantity, time, price, customer: whatever a description between them holds. */
const LINE = /^(\d+),.*,(-?\d+),(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(-?[\d.]+),(\d+)\.0,/;

/** Invoices of known customers: not cancelled, not a debt. */
async function readOrders(): Promise<Order[]> {
  const orders = new Map<string, Order>();
  for (const name of globSync("*.csv", { cwd: REAL }).sort()) {
    for (const line of (await readFile(join(REAL, name), "utf8")).split("\n")) {
      const [, invoice = "", quantity, day, time, price, customer = ""] = LINE.exec(line) ?? [];
      if (customer === "") continue;
      const order = orders.get(invoice) ?? { customer, at: Date.parse(`${day}T${time}Z`), pence: 0 };
      order.pence += Math.round(Number(quantity) * Number(price) * 100);
      orders.set(invoice, order);
    }
  }
  return [...orders.values()];
}

test.skipIf(!hasData)(
  "RFM-1 the real orders of half a year fall into fifths, up to customers who are equal",
  async () => {
    const orders = await readOrders();
    const customers = [...new Set(orders.map(({ customer }) => customer))];
    const idOf = new Map(customers.map((customer, nth) => [customer, personId(nth)]));
    const world = await createWorld();
    try {
      const rows = orders.map(({ customer, at, pence }, nth) => ({
        profile_id: idOf.get(customer),
        message_id: String(nth),
        name: "Order Completed",
        channel: "web",
        timestamp: new Date(at).toISOString(),
        received_at: new Date(at).toISOString(),
        properties: JSON.stringify({ revenue: pence / 100, currency: "GBP" }),
        batch: 1,
      }));
      await world.history.insert("events", rows);
      const { people, boundaries } = await findBoundaries(world.history, NOW);
      expect(people).toBe(customers.length);
      if (boundaries === null) throw new Error("thousands of customers are enough");
      const params = new Params();
      const told = await world.history.query<Record<"person" | "recency" | "frequency" | "monetary", string>>(
        `select person, recency, frequency, monetary from (${scoresSql(boundaries, NOW, params)})`,
        { ...params.values, ...ORDER_NAMES },
      );
      const scoreOf = new Map(told.map((row) => [row.person, row]));
      const own = Map.groupBy(orders, ({ customer }) => customer);
      const measured = {
        recency: (mine: Order[]) => -Math.floor((NOW - Math.max(...mine.map(({ at }) => at))) / DAY_MS),
        frequency: (mine: Order[]) => mine.length,
        monetary: (mine: Order[]) =>
          Math.max(
            0,
            mine.reduce((sum, { pence }) => sum + pence, 0),
          ),
      };
      for (const axis of ["recency", "frequency", "monetary"] as const) {
        const valued = [...own].map(([customer, mine]) => ({
          value: measured[axis](mine),
          score: Number(scoreOf.get(idOf.get(customer) ?? "")?.[axis]),
        }));
        // Whoever is better has at least the score, and equal people have equal ones.
        const sorted = valued.toSorted((a, b) => a.value - b.value);
        const isWrong = sorted.some((one, nth) => {
          const next = sorted[nth + 1] ?? one;
          return next.value === one.value ? next.score !== one.score : next.score < one.score;
        });
        expect(isWrong, axis).toBe(false);
        // A fifth each, less or more by those who are equal at a boundary.
        for (const score of [1, 2, 3, 4]) {
          const share = Math.floor((people * score) / 5);
          const upTo = sorted.filter((one) => one.score <= score).length;
          const tied = sorted.filter((one) => one.value === sorted[share - 1]?.value).length;
          expect(upTo, `${axis} ${score}`).toBeGreaterThanOrEqual(share);
          expect(upTo, `${axis} ${score}`).toBeLessThan(share + tied);
        }
      }
    } finally {
      await world.close();
    }
  },
  240_000,
);
