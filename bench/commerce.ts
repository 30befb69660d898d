/**
 * What stock and orders carry, over HTTP on one node. Reservations of one hot item by 200 clients: as fast as they are
 * answered (`hot_per_s`), at 1,000/s (`hot_p95_ms`), and of fewer than are asked for (`hot_oversold`); of 500 items;
 * orders from reservation to commitment; product pages at 1,000/s; a change of stock until another open screen hears of
 * it, at 500 changes/s; search over `--variants` (100,000). `--seconds` (10) each.
 */
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { openShop } from "./commerce/open-shop.ts";
import { KeepAlive } from "./lib/keep-alive.ts";
import { percentile, report, round } from "./lib/report.ts";

const given = parseArgs({
  options: {
    variants: { type: "string", default: "100000" },
    seconds: { type: "string", default: "10" },
    clients: { type: "string", default: "200" },
  },
}).values;
const SECONDS = Number(given.seconds);
const CLIENTS = Number(given.clients);
/** What 200 shoppers of one item ask for together when its 95th percentile is taken. */
const HOT_PER_S = 1_000;
/** Fewer than are asked for, to see that exactly so many are sold. */
const SCARCE = 2_000;
const ORDER_CLIENTS = 50;
const WORDS = ["linen", "ilgin", "velvet", "sneaker", "sofa", "bandung", "walnut", "coat"];

const shop = await openShop(Number(given.variants));
const { url, apiKey, writeKey } = shop.kilim;
const secret = `Bearer ${apiKey}`;
const variantOf = (n: number) => shop.shelves[n % shop.shelves.length]?.variantIds[0] ?? "";
const body = (variantId: string) => JSON.stringify({ lines: [{ variant_id: variantId, quantity: 1 }], seconds: 3600 });

const used = { hot: 0, spread: 0, orders: 0, pages: 0 };
const hot = await costing("hot", () => crowd(CLIENTS, SECONDS, () => hold(0)));
const calm = await paced(CLIENTS, HOT_PER_S, SECONDS, hold(0));
const oversold = await sellOut();
let turn = 0;
const spread = await costing("spread", () => crowd(CLIENTS, SECONDS, () => hold(2 + (turn++ % 500))));
const orders = await placeOrders();
const pages = await costing("pages", async () => {
  const latencies = await paced(20, 1_000, SECONDS, (connection, n) => {
    const { productId } = shop.shelves[n % shop.shelves.length] ?? { productId: "" };
    return connection.get(n % 2 ? `/v1/products/${productId}` : `/v1/availability?product=${productId}`);
  });
  return { done: latencies.length, latencies };
});
const heard = await hearStock();
// The shop was filled behind this node's back: its index is read first, once.
await (await KeepAlive.open(url, secret)).get("/v1/search?q=linen");
const search = await paced(4, 50, SECONDS, (connection, n) =>
  connection.get(`/v1/search?q=${WORDS[n % WORDS.length]}+${WORDS[(n * 3 + 1) % WORDS.length]}&limit=24`),
);
const { body: check } = await (await KeepAlive.open(url, secret)).get("/v1/stock/check");
await shop.close();

report(`commerce: ${given.variants} variants, ${CLIENTS} clients, ${SECONDS} s each`, {
  hot_per_s: Math.round(hot.done / SECONDS),
  hot_p95_ms: round(percentile(calm, 0.95)),
  hot_oversold: oversold,
  spread_per_s: Math.round(spread.done / SECONDS),
  spread_p95_ms: round(percentile(spread.latencies, 0.95)),
  orders_per_s: Math.round(orders.done / orders.seconds),
  orders_p95_ms: round(percentile(orders.latencies, 0.95)),
  product_per_s: Math.round(pages.done / SECONDS),
  product_p99_ms: round(percentile(pages.latencies, 0.99)),
  live_heard: heard.length,
  live_p99_ms: round(percentile(heard, 0.99)),
  search_p50_ms: round(percentile(search, 0.5)),
  search_p99_ms: round(percentile(search, 0.99)),
  hot_cpu_us: used.hot,
  spread_cpu_us: used.spread,
  order_cpu_us: used.orders,
  page_cpu_us: used.pages,
  breaches: (JSON.parse(check) as { items: unknown[] }).items.length,
});

type Ask = (connection: KeepAlive) => Promise<{ readonly status: number }>;

function hold(n: number): Ask {
  return (connection) => connection.post("/v1/stock/holds", body(variantOf(n)));
}

/** Notes what one of them costs Kilim and its PostgreSQL in microseconds of CPU: whatever else the machine does. */
async function costing<T extends { readonly done: number }>(
  name: keyof typeof used,
  work: () => Promise<T>,
): Promise<T> {
  const before = shop.cpuSeconds();
  const result = await work();
  used[name] = Math.round(((shop.cpuSeconds() - before) * 1e6) / Math.max(1, result.done));
  return result;
}

/** So many clients, each asking again as soon as it is answered. */
async function crowd(clients: number, seconds: number, next: () => Ask) {
  const connections = await Promise.all(Array.from({ length: clients }, () => KeepAlive.open(url, secret)));
  const latencies: number[] = [];
  let done = 0;
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < until) {
        const asked = performance.now();
        const { status } = await next()(connection);
        latencies.push(performance.now() - asked);
        if (status === 201) done += 1;
      }
      connection.close();
    }),
  );
  return { done, latencies: latencies.sort((a, b) => a - b) };
}

/** More asked for than there are: how many more were given than there were. */
async function sellOut(): Promise<number> {
  const variantId = shop.shelves[1]?.variantIds[1] ?? "";
  const stock = await KeepAlive.open(url, secret);
  const { body: text } = await stock.get(`/v1/stock?variant=${variantId}`);
  const levels = (JSON.parse(text) as { items: { location_id: string; on_hand: number }[] }).items.map(
    ({ location_id, on_hand: expected }) => ({
      variant_id: variantId,
      location_id,
      expected,
      on_hand: location_id === shop.warehouse ? SCARCE : 0,
    }),
  );
  await stock.post("/v1/stock/levels", JSON.stringify({ reason: "scarce", levels }));
  stock.close();
  const connections = await Promise.all(Array.from({ length: CLIENTS }, () => KeepAlive.open(url, secret)));
  let sold = 0;
  await Promise.all(
    connections.map(async (connection) => {
      for (let i = 0; i < (SCARCE * 1.5) / CLIENTS; i++) {
        if ((await connection.post("/v1/stock/holds", body(variantId))).status === 201) sold += 1;
      }
      connection.close();
    }),
  );
  if (sold < SCARCE) console.error(`only ${sold} of ${SCARCE} were sold`);
  return sold - SCARCE;
}

/** Carts are filled before; then each is ordered: reserved, paid with the test gateway, committed, told. */
async function placeOrders() {
  const write = (device: string) => `Bearer ${writeKey}\r\nx-kilim-anonymous-id: ${device}`;
  const each = Math.max(1, Math.round((SECONDS * 150) / ORDER_CLIENTS));
  const latencies: number[] = [];
  const devices: KeepAlive[][] = await Promise.all(
    Array.from({ length: ORDER_CLIENTS }, (_, client) =>
      Promise.all(Array.from({ length: each }, (__, i) => KeepAlive.open(url, write(`bench-${client}-${i}`)))),
    ),
  );
  let n = 0;
  const item = () => JSON.stringify({ variant_id: variantOf(600 + (n++ % 2_000)), quantity: 1 });
  await Promise.all(
    devices.map(async (own) => {
      for (const device of own) await device.post("/v1/cart/items", item());
    }),
  );
  let done = 0;
  const began = performance.now();
  await costing("orders", async () => {
    await Promise.all(devices.map(orderAll));
    return { done };
  });
  const seconds = (performance.now() - began) / 1000;
  return { done, seconds, latencies: latencies.sort((a, b) => a - b) };

  async function orderAll(own: readonly KeepAlive[]): Promise<void> {
    for (const device of own) {
      const asked = performance.now();
      const order = JSON.stringify({ channel: "web", payment: "test" });
      if ((await device.post("/v1/orders", order)).status === 201) done += 1;
      latencies.push(performance.now() - asked);
      device.close();
    }
  }
}

/** So many a second over so many connections; an answer that is late delays those behind it, and that is counted. */
async function paced(
  connections: number,
  perSecond: number,
  seconds: number,
  ask: (connection: KeepAlive, n: number) => Promise<{ readonly status: number }>,
): Promise<number[]> {
  const open = await Promise.all(Array.from({ length: connections }, () => KeepAlive.open(url, secret)));
  const latencies: number[] = [];
  const gap = (1000 * connections) / perSecond;
  const began = performance.now();
  await Promise.all(
    open.map(async (connection, i) => {
      for (let k = 0; k * gap < seconds * 1000; k++) {
        const due = began + k * gap + (i * gap) / connections;
        if (due > performance.now()) await pause(due - performance.now());
        const { status } = await ask(connection, k * connections + i);
        if (status >= 400) throw new Error(`answered ${status}`);
        latencies.push(performance.now() - due);
      }
      connection.close();
    }),
  );
  return latencies.sort((a, b) => a - b);
}

/** From asking for a change of stock until another open screen hears of it, at 500 changes a second. */
async function hearStock(): Promise<number[]> {
  const stopping = new AbortController();
  const screen = await fetch(`${url}/v1/live?topics=product`, {
    headers: { authorization: secret },
    signal: stopping.signal,
  });
  const asked = new Map<string, number>();
  const heard: number[] = [];
  const listening = listen(screen, (productId) => {
    const at = asked.get(productId);
    if (at === undefined) return;
    heard.push(performance.now() - at);
    asked.delete(productId);
  });
  await paced(20, 500, SECONDS, async (connection, n) => {
    const at = 3_000 + (n % 2_500);
    const productId = shop.shelves[at % shop.shelves.length]?.productId ?? "";
    if (!asked.has(productId)) asked.set(productId, performance.now());
    return hold(at)(connection);
  });
  await pause(500);
  stopping.abort();
  await listening;
  return heard.sort((a, b) => a - b);
}

async function listen(response: Response, hear: (id: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of response.body ?? []) {
      rest += decoder.decode(chunk as Uint8Array, { stream: true });
      const whole = rest.lastIndexOf("\n\n");
      for (const [, id] of rest.slice(0, whole + 1).matchAll(/"id":"([^"]+)"/g)) hear(id ?? "");
      rest = rest.slice(whole + 2);
    }
  } catch {
    // The screen was closed.
  }
}
