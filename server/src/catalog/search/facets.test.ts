import fc from "fast-check";
import { expect, test } from "vitest";

import { type Choices, countFacets, type Entry } from "./facets.ts";

const some = <T>(...values: T[]) => fc.constantFrom(...values);
const variant = fc.record({
  id: fc.uuid(),
  sku: fc.constant("x"),
  gtin: fc.constant(null),
  size: some(null, "S", "M", "L"),
  color: some(null, "Red", "Blue"),
  price: fc.integer({ min: 1, max: 5 }),
  currency: fc.constant("EUR"),
  prices: fc.constant(null),
});
const places = (id: string) => [["web"], ["web", "izm"], []][id.charCodeAt(0) % 3] ?? [];
const entry: fc.Arbitrary<Entry> = fc
  .record({
    id: fc.uuid(),
    changedIn: fc.constant("1"),
    category: fc.constant(""),
    under: some(["boots", "shoes"], ["shoes"], ["bags"]),
    brand: some("", "Dokuma", "Ilgın"),
    rating: fc.constant(0),
    titles: fc.constant({ en: "", tr: "", id: "" }),
    ranks: fc.constant({ en: 0, tr: 0, id: 0 }),
    variants: fc.array(variant, { minLength: 1, maxLength: 4 }),
    places: fc.constant([]),
  })
  .map((one) => ({ ...one, places: one.variants.map(({ id }) => places(id)) }));
const set = (...values: string[]) =>
  fc.option(
    fc.uniqueArray(some(...values), { minLength: 1 }).map((list) => new Set(list)),
    { nil: null },
  );
const choices: fc.Arbitrary<Choices> = fc.record({
  category: some(null, "shoes", "boots"),
  size: set("S", "M"),
  color: set("Red", "Blue"),
  brand: set("Dokuma", ""),
  priceMin: some(null, 2),
  priceMax: some(null, 3),
  stock: some(null, "web", "izm"),
  ownSizes: some({}, { shoes: "M" }, { boots: "S", shoes: "M" }),
});

/** What it means, written out: is there a variant that has all of it? */
function fits(one: Entry, c: Choices): boolean {
  if (c.category !== null && !one.under.includes(c.category)) return false;
  if (c.brand !== null && !c.brand.has(one.brand)) return false;
  const category = one.under.find((id) => id in c.ownSizes);
  const own = one.variants.some((v) => v.size !== null) && category !== undefined ? c.ownSizes[category] : undefined;
  return one.variants.some(
    (v) =>
      (c.size !== null ? v.size !== null && c.size.has(v.size) : own === undefined || v.size === own) &&
      (c.color === null || (v.color !== null && c.color.has(v.color))) &&
      (c.priceMin === null || v.price >= c.priceMin) &&
      (c.priceMax === null || v.price <= c.priceMax) &&
      (c.stock === null || places(v.id).includes(c.stock)),
  );
}

test("CAT-17 a choice's count is the number of products there would be if it alone were chosen in its place", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 12 }), choices, (entries, c) => {
      const counted = countFacets(entries, c, {});
      expect(counted.hits.map((hit) => hit.entry)).toEqual(entries.filter((one) => fits(one, c)));
      const many = (over: Partial<Choices>) => entries.filter((one) => fits(one, { ...c, ...over })).length;
      for (const size of ["S", "M", "L"]) expect(counted.size.get(size) ?? 0).toBe(many({ size: new Set([size]) }));
      for (const color of ["Red", "Blue"])
        expect(counted.color.get(color) ?? 0).toBe(many({ color: new Set([color]) }));
      expect(counted.brand.get("Ilgın") ?? 0).toBe(many({ brand: new Set(["Ilgın"]) }));
      for (const id of ["shoes", "boots", "bags"]) expect(counted.category.get(id) ?? 0).toBe(many({ category: id }));
      for (const place of ["web", "izm"]) expect(counted.stock.get(place) ?? 0).toBe(many({ stock: place }));
    }),
  );
});
