/**
 * What stock and orders carry, over HTTP on one node. Reservations of one hot item by 200 clients: as fast as they are
 * answered (`hot_per_s`), at 1,000/s (`hot_p95_ms`), and of fewer than are asked for (`hot_oversold`); of 500 items;
 * orders from reservation to commitment; product pages and what can be bought of them, in turn, at 1,000/s, few products
 * asked for often and most seldom, a node's first second told apart, and an empty handler under the same load
 * (`product_bare_p99_ms`); a change of stock until another open screen hears of it, at 500 changes/s; search over
 * `--variants` (100,000), the best first and by name. `--seconds` (10) each; `--only orders,search` some of them.
 * `…_cpu_us`: what one of them costs Kilim and its PostgreSQL, whatever else the machine does.
 */
import { parseArgs } from "node:util";

import { hearStock } from "./commerce/hear-stock.ts";
import { type Ask, connect, crowd, type Load, paced } from "./commerce/load.ts";
import { openShop } from "./commerce/open-shop.ts";
import { placeOrders } from "./commerce/place-orders.ts";
import { percentile, report, round } from "./lib/report.ts";

const PARTS = ["hot", "spread", "orders", "pages", "live", "search"] as const;
type Part = (typeof PARTS)[number];

const given = parseArgs({
  options: {
    variants: { type: "string", default: "100000" },
    seconds: { type: "string", default: "10" },
    clients: { type: "string", default: "200" },
    only: { type: "string", default: PARTS.join() },
  },
}).values;
const SECONDS = Number(given.seconds);
const CLIENTS = Number(given.clients);
const ONLY = new Set(given.only.split(","));
for (const part of ONLY) if (!PARTS.some((one) => one === part)) throw new Error(`--only takes ${PARTS.join(", ")}`);
/** What 200 shoppers of one item ask for together when its 95th percentile is taken. */
const HOT_PER_S = 1_000;
const PAGES_PER_S = 1_000;
/** Fewer than are asked for, to see that exactly so many are sold. */
const SCARCE = 2_000;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const WORDS = ["linen", "ilgin", "velvet", "sneaker", "sofa", "bandung", "walnut", "coat"];

const shop = await openShop(Number(given.variants));
const door = { url: shop.kilim.url, authorization: `Bearer ${shop.kilim.apiKey}` };
const variantOf = (n: number) => shop.shelves[n % shop.shelves.length]?.variantIds[0] ?? "";
const figures: Record<string, number> = {};

const measures: Record<Part, () => Promise<void>> = {
  async hot() {
    const hot = await costing("hot", () => crowd(door, CLIENTS, SECONDS, hold(variantOf(0))));
    figures.hot_per_s = Math.round(hot.done / SECONDS);
    const pace = { clients: CLIENTS, perSecond: HOT_PER_S, seconds: SECONDS };
    figures.hot_p95_ms = round(percentile((await paced(door, pace, hold(variantOf(0)))).latencies, 0.95));
    figures.hot_oversold = await sellOut();
  },
  async spread() {
    const spread = await costing("spread", () =>
      crowd(door, CLIENTS, SECONDS, (connection, n) => hold(variantOf(2 + (n % 500)))(connection, n)),
    );
    figures.spread_per_s = Math.round(spread.done / SECONDS);
    figures.spread_p95_ms = round(percentile(spread.latencies, 0.95));
  },
  async orders() {
    const orders = await placeOrders(
      shop.kilim,
      SECONDS,
      (n) => variantOf(600 + (n % 2_000)),
      async (work) => {
        await shop.quiet();
        return costing("order", work);
      },
    );
    figures.orders_per_s = Math.round(orders.done / orders.seconds);
    figures.orders_p95_ms = round(percentile(orders.latencies, 0.95));
  },
  async pages() {
    const visit = (seconds: number, before: number) =>
      paced(door, { clients: 20, perSecond: PAGES_PER_S, seconds }, (connection, n) => {
        const { productId } = shop.shelves[visited(before + n)] ?? { productId: "" };
        return connection.get(n % 2 ? `/v1/products/${productId}` : `/v1/availability?product=${productId}`);
      });
    const first = await visit(1, 0);
    figures.product_first_second_p99_ms = round(percentile(first.latencies, 0.99));
    const pages = await costing("page", () => visit(SECONDS, first.done));
    // What the machine makes of the same load where nothing is asked of the database.
    const bare = await paced(door, { clients: 20, perSecond: PAGES_PER_S, seconds: SECONDS }, (connection) =>
      connection.get("/healthz"),
    );
    figures.product_bare_p99_ms = round(percentile(bare.latencies, 0.99));
    figures.product_per_s = Math.round(pages.done / SECONDS);
    figures.product_p50_ms = round(percentile(pages.latencies, 0.5));
    figures.product_p99_ms = round(percentile(pages.latencies, 0.99));
  },
  async live() {
    const shelves = shop.shelves.slice(3_000, 5_500);
    const heard = await hearStock(door, SECONDS, shelves, (shelf) => hold(shelf.variantIds[0] ?? ""));
    figures.live_heard = heard.length;
    figures.live_p99_ms = round(percentile(heard, 0.99));
  },
  async search() {
    // The shop was filled behind this node's back: its index and what is in stock are read first, once.
    const [first] = await connect(door, 1);
    await first?.get("/v1/search?q=linen&stock=web");
    first?.close();
    const look = (how: string) =>
      paced(door, { clients: 4, perSecond: 50, seconds: SECONDS }, (connection, n) =>
        connection.get(`/v1/search?q=${WORDS[n % WORDS.length]}+${WORDS[(n * 3 + 1) % WORDS.length]}&limit=24${how}`),
      );
    const search = await costing("search", () => look(""));
    figures.search_p50_ms = round(percentile(search.latencies, 0.5));
    figures.search_p99_ms = round(percentile(search.latencies, 0.99));
    const byName = await look("&sort=title&language=tr");
    figures.search_by_name_p50_ms = round(percentile(byName.latencies, 0.5));
    figures.search_by_name_p99_ms = round(percentile(byName.latencies, 0.99));
  },
};
for (const part of PARTS) {
  if (!ONLY.has(part)) continue;
  await shop.quiet();
  await measures[part]();
}
const [last] = await connect(door, 1);
const check = await last?.get("/v1/stock/check");
last?.close();
figures.breaches = (JSON.parse(check?.body ?? "") as { items: unknown[] }).items.length;
await shop.close();
report(`commerce: ${given.variants} variants, ${CLIENTS} clients, ${SECONDS} s each`, figures);

/** Which product the n-th visitor looks at, after Zipf: the first ten are looked at as often as the next ninety. */
function visited(n: number): number {
  return Math.floor(shop.shelves.length ** ((n * GOLDEN) % 1)) - 1;
}

function hold(variantId: string): Ask {
  const body = JSON.stringify({ lines: [{ variant_id: variantId, quantity: 1 }], seconds: 3600 });
  return (connection) => connection.post("/v1/stock/holds", body);
}

/** Notes what one of them costs Kilim and its PostgreSQL in microseconds of CPU, as a whole and part by part. */
async function costing<T extends Load>(name: string, work: () => Promise<T>): Promise<T> {
  const before = shop.cpuSeconds();
  const load = await work();
  const after = shop.cpuSeconds();
  const each = (seconds: number) => Math.round((seconds * 1e6) / Math.max(1, load.done));
  let whole = 0;
  for (const part of ["api", "worker", "history", "postgres"] as const) {
    figures[`${name}_cpu_us_${part}`] = each(after[part] - before[part]);
    whole += after[part] - before[part];
  }
  figures[`${name}_cpu_us`] = each(whole);
  return load;
}

/** More asked for than there are: how many more were given than there were. */
async function sellOut(): Promise<number> {
  const variantId = shop.shelves[1]?.variantIds[1] ?? "";
  const [stock] = await connect(door, 1);
  const known = await stock?.get(`/v1/stock?variant=${variantId}`);
  const levels = (JSON.parse(known?.body ?? "") as { items: { location_id: string; on_hand: number }[] }).items.map(
    ({ location_id, on_hand: expected }) => ({
      variant_id: variantId,
      location_id,
      expected,
      on_hand: location_id === shop.warehouse ? SCARCE : 0,
    }),
  );
  await stock?.post("/v1/stock/levels", JSON.stringify({ reason: "scarce", levels }));
  stock?.close();
  const connections = await connect(door, CLIENTS);
  let sold = 0;
  await Promise.all(
    connections.map(async (connection) => {
      for (let i = 0; i < (SCARCE * 1.5) / CLIENTS; i++) {
        if ((await hold(variantId)(connection, i)).status === 201) sold += 1;
      }
      connection.close();
    }),
  );
  if (sold < SCARCE) console.error(`only ${sold} of ${SCARCE} were sold`);
  return sold - SCARCE;
}
