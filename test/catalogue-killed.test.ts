import { setTimeout as pause } from "node:timers/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import { layOutNode, type Node } from "../bench/lib/chaos/node.ts";
import type { Product, ProductImportDetail, ProductPreview, SearchAnswer } from "../server/src/catalog/contracts.ts";
import { uploadFile } from "./upload-file.ts";

/** A whole Kilim is killed in the middle of a catalogue; afterwards every product is there once, with all its variants. */
const PRODUCTS = 8_000;
const SIZES = ["S", "M", "L"];
const KILLS = 2;
const ROWS = PRODUCTS * SIZES.length;

let node: Node;
beforeAll(async () => {
  node = await layOutNode();
  node.start();
  await node.untilReady();
}, 180_000);
afterAll(() => node?.stop(), 60_000);

function makeFile(): Buffer {
  const rows = ["group,sku,title,category,size,price"];
  for (let i = 0; i < PRODUCTS; i++) {
    for (const size of SIZES) rows.push(`p-${i},p-${i}-${size},Kilim number${i},Rugs,${size},49.90`);
  }
  return Buffer.from(`${rows.join("\n")}\n`);
}

const read = (id: string) => node.call<ProductImportDetail>("GET", `/v1/products/imports/${id}`);

test("CAT-24 kill -9 of everything anywhere in a catalogue: it goes on by itself, nothing is lost, nothing is doubled", async () => {
  const file = await uploadFile(node, "rugs.csv", makeFile());
  const { suggested } = await node.call<ProductPreview>("POST", "/v1/products/imports/preview", { file });
  const body = { file, columns: suggested, options: { currency: "EUR" } };
  const { id } = await node.call<ProductImportDetail>("POST", "/v1/products/imports", body);
  for (let kill = 1; kill <= KILLS; kill++) {
    const from = ((kill - 1) / KILLS) * ROWS;
    while ((await read(id)).rows <= from) await pause(5);
    await pause(Math.random() * 150);
    await node.killAll();
    node.start();
    await node.untilReady();
    expect((await read(id)).state).not.toBe("done");
  }
  while ((await read(id)).state !== "done") await pause(100);
  expect(await read(id)).toMatchObject({ rows: ROWS, created: ROWS, updated: 0, rejected: 0 });
  const all = await node.call<SearchAnswer>("GET", "/v1/search?size=all&limit=1");
  expect(all.total).toBe(PRODUCTS);
  for (const n of [0, Math.floor(PRODUCTS / 2), PRODUCTS - 1]) {
    const { items } = await node.call<SearchAnswer>("GET", `/v1/search?q=p-${n}-M`);
    expect(items).toHaveLength(1);
    const product = await node.call<Product>("GET", `/v1/products/${items[0]?.id}`);
    expect(product.variants.map(({ sku }) => sku)).toEqual(SIZES.map((size) => `p-${n}-${size}`));
  }
}, 300_000);
