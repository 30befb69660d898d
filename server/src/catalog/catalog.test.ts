import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { inTransaction } from "../platform/db.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { type CatalogueInput, listProducts, load, readItems } from "./index.ts";
import { readPng, readSvg } from "./photos/read-picture.ts";
import { readProduct } from "./products/read-pages.ts";

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const price = { amount: 8900, currency: "EUR" };
const variant = (n: number, sku: string, size: string | null, color: string, gtin: string | null = null) => ({
  id: id(n),
  sku,
  gtin,
  size,
  color,
  colorHex: "#b3312c",
  price,
});
const catalogue = {
  categories: [
    { id: "shoes", title: "Shoes", titles: { tr: "Ayakkabı" }, parent: "fashion" },
    { id: "fashion", title: "Fashion", titles: { tr: "Moda" } },
  ],
  products: [
    {
      id: id(1),
      title: "Ilgın sneaker",
      titles: { tr: "Ilgın spor ayakkabı", id: "Sneaker Ilgın" },
      brand: "Dokuma",
      category: "shoes",
      drawing: { kind: "sneaker", pattern: "plain" },
      variants: [variant(11, "ILG-RED-38", "38", "Red", "4006381333931"), variant(12, "ILG-RED-39", "39", "Red")],
    },
    { id: id(2), title: "Göl boots", category: "shoes", variants: [variant(21, "GOL-1", "40", "Black")] },
    { id: id(3), title: "Çınar boots", category: "shoes", variants: [variant(31, "CIN-1", "41", "Black")] },
  ],
  stores: [],
} satisfies CatalogueInput;

describe("catalogue", () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
    await inTransaction(world.db, (tx) => load(tx, world.clock, catalogue));
  });
  afterAll(() => world.close());
  const titles = async (query: object) =>
    (await listProducts(world.db, { limit: 50, ...query })).items.map((item) => item.title);

  test("CAT-5 finds by words in any language, whatever the case, the accents or the dots", async () => {
    expect(await titles({ q: "ILGIN AYAKKABI" })).toEqual(["Ilgın sneaker"]);
    expect(await titles({ q: "ılgin" })).toEqual(["Ilgın sneaker"]);
    expect(await titles({ q: "cinar" })).toEqual(["Çınar boots"]);
    expect(await titles({ q: "boots gol" })).toEqual(["Göl boots"]);
    expect(await titles({ q: "100%_" })).toEqual([]);
    expect(await titles({ q: "moda" })).toEqual([]);
  });

  test("CAT-5 finds a product by a scanned GTIN of any length and by its SKU", async () => {
    expect(await titles({ q: "4006381333931" })).toEqual(["Ilgın sneaker"]);
    expect(await titles({ q: "04006381333931" })).toEqual(["Ilgın sneaker"]);
    expect(await titles({ q: "GOL-1" })).toEqual(["Göl boots"]);
    expect(await titles({ q: "4006381333932" })).toEqual([]);
  });

  test("filters by category with those below it, by size and colour, page by page", async () => {
    expect(await titles({ category: "fashion" })).toHaveLength(3);
    expect(await titles({ category: "nothing" })).toEqual([]);
    expect(await titles({ size: "40", color: "Black" })).toEqual(["Göl boots"]);
    expect(await titles({ size: "38", color: "Black" })).toEqual([]);
    const first = await listProducts(world.db, { limit: 2 });
    const second = await listProducts(world.db, { limit: 2, after: first.next ?? "" });
    expect([...first.items, ...second.items].map((p) => p.id)).toEqual([id(1), id(2), id(3)]);
    expect(second.next).toBeNull();
  });

  test("a product page has its variants in order and others of its category", async () => {
    const page = await readProduct(world.db, id(1));
    expect(page.variants.map((v) => [v.sku, v.gtin])).toEqual([
      ["ILG-RED-38", "04006381333931"],
      ["ILG-RED-39", null],
    ]);
    expect(page.related.map((p) => p.title)).toEqual(["Göl boots", "Çınar boots"]);
    await expect(readProduct(world.db, id(99))).rejects.toMatchObject({ code: "product_not_found" });
  });

  test("CAT-6 loading twice changes nothing, CAT-2 a wrong GTIN is refused with its path", async () => {
    await inTransaction(world.db, (tx) => load(tx, world.clock, catalogue));
    expect(await titles({})).toHaveLength(3);
    const [first, ...rest] = catalogue.products;
    const wrong = {
      ...catalogue,
      products: [...rest, { ...first, variants: [variant(11, "X", null, "Red", "4006381333932")] }],
    } as CatalogueInput;
    await expect(inTransaction(world.db, (tx) => load(tx, world.clock, wrong))).rejects.toMatchObject({
      code: "bad_gtin",
      fields: [{ path: "products.2.variants.0.gtin" }],
    });
  });

  test("CAT-7 the same product always has the same picture, as SVG and as PNG", async () => {
    const svg = await readSvg(world.db, id(1));
    expect(svg).toBe(await readSvg(world.db, id(12)));
    expect(svg).toContain("#b3312c");
    expect((await readPng(world.db, id(11))).subarray(1, 4).toString()).toBe("PNG");
    await expect(readSvg(world.db, id(77))).rejects.toMatchObject({ code: "product_not_found" });
  });

  test("items name what carts and orders need; unknown ids are absent", async () => {
    const items = await readItems(world.db, [id(12), id(99)]);
    expect([...items.keys()]).toEqual([id(12)]);
    expect(items.get(id(12))).toMatchObject({ productId: id(1), size: "39", price, category: "shoes" });
  });
});
