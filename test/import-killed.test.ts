import { setTimeout as pause } from "node:timers/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import { layOutNode, type Node } from "../bench/lib/chaos/node.ts";
import type { ImportDetail } from "../server/src/imports/contracts.ts";
import { uploadFile } from "./upload-file.ts";

/** A whole Kilim is killed in the middle of an import, again and again; afterwards every order is there exactly once. */
const ORDERS = 6_000;
const LINES = 3;
const KILLS = 2;

let node: Node;
beforeAll(async () => {
  node = await layOutNode();
  node.start();
  await node.untilReady();
}, 180_000);
afterAll(() => node?.stop(), 60_000);

function makeFile(): Buffer {
  const rows = ["order_id,order_date,customer_id,sku,quantity,price"];
  for (let i = 0; i < ORDERS; i++) {
    for (let line = 0; line < LINES; line++) rows.push(`o-${i},2025-01-01,u-${i % 700},p-${line},1,${line + 1}.10`);
  }
  return Buffer.from(`${rows.join("\n")}\n`);
}

async function read(id: string): Promise<ImportDetail> {
  return node.call<ImportDetail>("GET", `/v1/imports/${id}`);
}

test("IMP-35 kill -9 of everything anywhere in an import: it goes on by itself, nothing is lost, nothing is doubled", async () => {
  const file = await uploadFile(node, "orders.csv", makeFile());
  const fields = {
    order_id: "order_id",
    order_date: "time",
    customer_id: "user_id",
    sku: "sku",
    quantity: "quantity",
    price: "price",
  };
  const columns = Object.entries(fields).map(([column, field]) => ({ column, field }));
  const body = { file, kind: "orders", columns, options: { currency: "EUR" } };
  const { id } = await node.call<ImportDetail>("POST", "/v1/imports", body);
  for (let kill = 1; kill <= KILLS; kill++) {
    const from = ((kill - 1) / KILLS) * ORDERS * LINES;
    while ((await read(id)).rows <= from) await pause(5);
    await pause(Math.random() * 150);
    await node.killAll();
    node.start();
    await node.untilReady();
    expect((await read(id)).state).not.toBe("done");
  }
  while ((await read(id)).state !== "done") await pause(100);
  expect(await read(id)).toMatchObject({
    rows: ORDERS * LINES,
    accepted: ORDERS,
    repeated: 0,
    changed: 0,
    rejected: 0,
    events: ORDERS,
  });
  for (;;) {
    const { inbox, outbox } = await node.call<{ inbox: number; outbox: number }>("GET", "/v1/pipeline");
    if (inbox === 0 && outbox === 0) break;
    await pause(50);
  }
  const overview = await node.call<{ orders: number; profiles: number; revenue: { amount: number } }>(
    "GET",
    "/v1/overview?currency=EUR",
  );
  expect(overview).toMatchObject({ orders: ORDERS, profiles: 700, revenue: { amount: ORDERS * (110 + 210 + 310) } });
  const { computed } = await node.call<{ computed: { orders: number; revenue: number } }>(
    "GET",
    "/v1/profiles/user_id:u-7",
  );
  const mine = Math.ceil((ORDERS - 7) / 700);
  expect(computed).toMatchObject({ orders: mine, revenue: mine * 630 });
}, 300_000);
