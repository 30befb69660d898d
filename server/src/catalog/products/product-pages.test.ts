import { once } from "node:events";
import type { Socket } from "node:net";

import { afterAll, beforeAll, expect, test } from "vitest";

import { inTransaction, sql } from "../../platform/db.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { Product } from "../contracts.ts";
import { load } from "../index.ts";
import { ProductPages } from "./product-pages.ts";

let server: TestServer;
/** Two nodes on one database: neither is told by the other. */
let nodes: readonly [ProductPages, ProductPages];
beforeAll(async () => {
  server = await createServer();
  nodes = [new ProductPages(server.db), new ProductPages(server.db)];
  for (const id of ["rugs", "lamps", "vases", "bowls"]) await server.call("PUT", `/v1/categories/${id}`, { title: id });
});
afterAll(() => server.close());

const price = { amount: 8900, currency: "EUR" };
let serial = 0;
const make = async (category: string) => {
  const variants = [{ sku: `page-${++serial}`, price }];
  const body = { title: `Thing ${serial}`, category, variants };
  return (await server.call<Product>("POST", "/v1/products", body)).body;
};
const change = (id: string, body: object) => server.call("PATCH", `/v1/products/${id}`, body);
const read = async (id: string, node = nodes[0], market = {}) =>
  JSON.parse((await node.read(id, market)).toString()) as Product;
const titles = (products: readonly { readonly title: string }[]) => products.map(({ title }) => title);

test("CAT-27 a page is made once, and again when something it shows has changed", async () => {
  const [rug, lamp] = [await make("rugs"), await make("lamps")];
  const page = await nodes[0].read(rug.id, {});
  await change(lamp.id, { title: "Another lamp" });
  expect(await nodes[0].read(rug.id, {})).toBe(page);
  // A catalogue that was restored from another server: its transactions seem to be yet to come.
  await sql`update catalog.product set changed_in = '999999999999' where id = ${lamp.id}`.execute(server.db);
  expect(await nodes[0].read(rug.id, {})).toBe(page);
  await change(rug.id, { title: "Another rug" });
  expect((await read(rug.id)).title).toBe("Another rug");
});

test("CAT-27 what was committed before a page was asked for is in it, on every node, while many write", async () => {
  const things = await Promise.all(Array.from({ length: 4 }, () => make("rugs")));
  await Promise.all(
    things.flatMap(({ id, variants }) => [
      (async () => {
        for (let n = 1; n <= 6; n++) {
          await change(id, { brand: String(n) });
          const seen = await Promise.all(nodes.map((node) => read(id, node)));
          expect(seen.map(({ brand }) => brand)).toEqual([String(n), String(n)]);
        }
      })(),
      (async () => {
        for (let n = 1; n <= 6; n++) {
          await server.call("PATCH", `/v1/variants/${variants[0]?.id}`, { price: { amount: n, currency: "EUR" } });
          const seen = await Promise.all(nodes.map((node) => read(id, node)));
          expect(seen.map(({ price: shown }) => shown.amount)).toEqual([n, n]);
        }
      })(),
    ]),
  );
});

test("CAT-27 a page that was read before a change which others heard of meanwhile is not kept", async () => {
  const [rug, lamp] = [await make("rugs"), await make("lamps")];
  await read(lamp.id);
  const waiting = sql<{ n: number }>`
    select count(*) as n from pg_locks where relation = 'catalog.photo'::regclass and not granted`;
  const before = await inTransaction(server.db, async (tx) => {
    await sql`lock table catalog.photo in access exclusive mode`.execute(tx);
    const slow = read(rug.id);
    // Its own row has been read by now, its photos have not.
    await expect.poll(async () => (await waiting.execute(server.db)).rows[0]?.n).toBe(1);
    const renamed = sql`update catalog.product set title = 'New', changed_in = pg_current_xact_id() where id = ${rug.id}`;
    await renamed.execute(server.db);
    await read(lamp.id);
    return { slow };
  });
  expect((await before.slow).title).toBe(rug.title);
  expect((await read(rug.id)).title).toBe("New");
});

test("CAT-27 what has changed is asked for ahead of the rows that a page is made of, and nobody waits between", async () => {
  const rug = await make("rugs");
  const node = server.connect(1);
  const client = await node.pool.connect();
  const asked: string[] = [];
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  client.query = ((...given: unknown[]) => {
    if (typeof given[0] === "string") asked.push(given[0]);
    return query(...given);
  }) as typeof client.query;
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  const beforeAnAnswer = once(stream, "data").then(() => [...asked]);
  client.release();
  await new ProductPages(node.db).read(rug.id, {});
  await node.close();
  const texts = await beforeAnAnswer;
  expect(texts[0]).toContain("changed_in >=");
  expect(texts).toHaveLength(5);
});

test("CAT-27 what is known of a product from beside another is read again when it has changed", async () => {
  const [first, second, other] = [await make("bowls"), await make("bowls"), await make("bowls")];
  expect(titles((await read(first.id)).related)).toContain(second.title);
  await change(second.id, { title: "Another bowl" });
  expect(titles((await read(other.id)).related)).toContain("Another bowl");
});

test("CAT-27 a change that takes long is seen when it commits, and those beside it before", async () => {
  const [slow, quick] = [await make("rugs"), await make("lamps")];
  await Promise.all([slow, quick].map(({ id }) => read(id)));
  await inTransaction(server.db, async (tx) => {
    await sql`update catalog.product set title = 'Slow', changed_in = pg_current_xact_id() where id = ${slow.id}`.execute(
      tx,
    );
    for (const title of ["One", "Two"]) {
      await change(quick.id, { title });
      expect((await read(quick.id)).title).toBe(title);
      // Its transaction is found again by each look until the slow one has ended: the page is kept all the same.
      expect(await nodes[0].read(quick.id, {})).toBe(await nodes[0].read(quick.id, {}));
      expect((await read(slow.id)).title).toBe(slow.title);
    }
  });
  expect((await read(slow.id)).title).toBe("Slow");
});

test("CAT-27 a page follows what stands beside it, its category, and its prices elsewhere", async () => {
  const [vase, other] = [await make("vases"), await make("vases")];
  expect(titles((await read(vase.id)).related)).toEqual([other.title]);
  const third = await make("vases");
  expect(titles((await read(vase.id)).related)).toEqual([other.title, third.title]);
  await change(other.id, { title: "Tall vase" });
  expect(titles((await read(vase.id)).related)).toEqual(["Tall vase", third.title]);
  await change(third.id, { category: "lamps" });
  expect(titles((await read(vase.id)).related)).toEqual(["Tall vase"]);
  await server.call("PUT", "/v1/categories/vases", { title: "Vases and bowls" });
  expect((await read(vase.id)).category_title).toBe("Vases and bowls");

  await server.call("PUT", `/v1/products/${vase.id}/relations`, { complementary: [third.id] });
  expect(titles((await read(vase.id)).complementary)).toEqual([third.title]);
  await server.call("POST", `/v1/products/${third.id}/archive`);
  expect((await read(vase.id)).complementary).toEqual([]);
  await server.call("POST", `/v1/products/${third.id}/restore`);
  expect(titles((await read(vase.id)).complementary)).toEqual([third.title]);

  const inLira = () => read(vase.id, nodes[0], { currency: "TRY" });
  expect((await inLira()).price).toEqual(price);
  await server.call("PUT", `/v1/variants/${vase.variants[0]?.id}/prices`, { prices: [{ currency: "TRY", amount: 7 }] });
  expect([(await inLira()).price, (await read(vase.id)).price]).toEqual([{ amount: 7, currency: "TRY" }, price]);
});

test("a loaded assortment that renames a category shows it on the pages of what was there before", async () => {
  const rug = await make("rugs");
  await read(rug.id);
  await inTransaction(server.db, (tx) =>
    load(tx, server.clock, { categories: [{ id: "rugs", title: "Carpets" }], products: [], stores: [] }),
  );
  expect((await read(rug.id)).category_title).toBe("Carpets");
});
