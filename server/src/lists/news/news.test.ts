import { afterAll, beforeAll, expect, test } from "vitest";
import { newEvent, unpack } from "../../collect/index.ts";
import { setLevels } from "../../inventory/set-levels.ts";
import { countersAt, IZMIR, JAKARTA, stockedProduct, WAREHOUSE } from "../../inventory/testing.ts";
import { inTransaction, rows, sql } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { createWorld, type World } from "../../platform/testing/world.ts";
import { changeList } from "../shopping/change-list.ts";
import { makeList } from "../shopping/make-list.ts";
import { adding, newDevice, operations, profileOf, seenBy } from "../testing.ts";
import { compare } from "./compare.ts";
import { followVisits } from "./follow-visits.ts";
import { lookAtAll, lookAtVariants } from "./look-at-variants.ts";
import { tellSome } from "./tell-news.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const never = new AbortController().signal;
async function told(name: string) {
  const found = await rows(world.db, sql<{ events: Buffer }>`select events from collect.inbox order by seq`);
  return found.flatMap((row) => unpack(row)).filter((event) => event.name === name);
}
async function tellAll(): Promise<void> {
  while (await tellSome(world));
}
async function listed(variantId: string, kind: "wish" | "shopping" = "wish") {
  const device = newDevice(world);
  const list = await makeList(world, device, { kind, origin: "shopper" });
  await changeList(world, seenBy(device), list.id, operations(adding(variantId)));
  return { device, list, profileId: await profileOf(world, device) };
}
async function stock(variantId: string, onHand: number, location_id: string = WAREHOUSE): Promise<void> {
  const expected = (await countersAt(world, variantId, location_id))?.on_hand ?? 0;
  const levels = [{ variant_id: variantId, location_id, on_hand: onHand, expected }];
  await setLevels(world.db, world.clock, { reason: "counted", levels }, "ada@dokuma.example");
}
const price = (variantId: string, amount: number) =>
  sql`update catalog.variant set price = ${amount} where id = ${variantId}`.execute(world.db);

test("LIST-20 the first look takes note; low, back and cheaper are news, more and dearer are not", () => {
  const before = { variant_id: "v", price: 1_000, currency: "EUR", stock: "in" } as const;
  const kinds = (was: Partial<typeof before> | object, price: number, available: number, currency = "EUR") =>
    compare({ ...before, ...was }, { price, currency, available }).news.map(({ kind }) => kind);
  expect(kinds({ stock: null }, 1_000, 1)).toEqual([]);
  expect(kinds({}, 1_000, 4)).toEqual(["low"]);
  expect(kinds({}, 900, 4)).toEqual(["low", "price"]);
  expect(kinds({ stock: "low" }, 1_000, 3)).toEqual([]);
  expect(kinds({}, 1_000, 0)).toEqual([]);
  expect(kinds({ stock: "out" }, 1_000, 2)).toEqual(["back"]);
  expect(kinds({ stock: "out" }, 1_000, -2)).toEqual([]);
  expect(kinds({}, 1_100, 9)).toEqual([]);
  expect(kinds({}, 900, 9, "TRY")).toEqual([]);
});

test("LIST-20 when a listed variant runs low or comes back, everybody who has it on a list is told, once", async () => {
  const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 9 }]);
  const [variant = ""] = variantIds;
  const people = [await listed(variant), await listed(variant, "shopping"), await listed(variant)];
  await lookAtAll(world, never);
  await stock(variant, 3);
  // Two workers look and tell at the same moment.
  await Promise.all([lookAtVariants(world, [variant]), lookAtVariants(world, [variant])]);
  await Promise.all([tellAll(), tellAll()]);
  const low = await told("List Item Low");
  expect(low.map((event) => event.profileId).sort()).toEqual(people.map(({ profileId }) => profileId).sort());
  expect(low[0]?.properties).toMatchObject({ variant_id: variant, available: 3, name: "Ilgın sneaker" });
  await stock(variant, 0);
  await lookAtVariants(world, [variant]);
  await stock(variant, 2);
  await lookAtAll(world, never);
  await tellAll();
  expect(await told("List Item Back")).toHaveLength(3);
  expect(await told("List Item Low")).toHaveLength(3);
});

test("LIST-20 a price drop is told to those for whom it is one", async () => {
  const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 9 }]);
  const [variant = ""] = variantIds;
  const early = await listed(variant);
  await lookAtAll(world, never);
  await price(variant, 12_000);
  await lookAtAll(world, never);
  const late = await listed(variant);
  await price(variant, 9_900);
  await lookAtVariants(world, [variant]);
  await tellAll();
  const drops = (await told("List Item Price Dropped")).filter(({ properties }) => properties.variant_id === variant);
  // For who wished for it at 89.00 it has not become cheaper.
  expect(drops.map((event) => event.profileId)).toEqual([late.profileId]);
  expect(drops[0]?.properties).toMatchObject({ price: 99, former_price: 120, price_when_added: 120, currency: "EUR" });
  await price(variant, 7_900);
  await lookAtVariants(world, [variant]);
  await tellAll();
  const again = (await told("List Item Price Dropped")).filter(({ properties }) => properties.price === 79);
  expect(again.map((event) => event.profileId).sort()).toEqual([early.profileId, late.profileId].sort());
});

test("LIST-20 what is on no list any more is watched no longer", async () => {
  const { variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 9 }]);
  const [variant = ""] = variantIds;
  const { device, list } = await listed(variant);
  await lookAtAll(world, never);
  const { items } = await changeList(world, seenBy(device), list.id, operations());
  const remove = { op: "remove", id: newId(world.clock), item_id: items[0]?.id ?? "" } as const;
  await changeList(world, seenBy(device), list.id, operations(remove));
  await lookAtAll(world, never);
  const left = await rows(world.db, sql`select from lists.watched_variant where variant_id = ${variant}`);
  expect(left).toEqual([]);
});

test("LIST-21 who enters a store where something of her lists is in stock is told what, and nothing otherwise", async () => {
  const { variantIds } = await stockedProduct(world, [{ [IZMIR]: 2 }, { [JAKARTA]: 1 }]);
  const [here = "", elsewhere = ""] = variantIds;
  const one = await listed(here);
  const two = await listed(elsewhere);
  const enters = (profileId: string, properties: Record<string, string>, more = {}) => ({
    profileId,
    event: newEvent(world.clock, {
      messageId: newId(world.clock),
      source: "shop",
      name: "Store Entered",
      properties,
      ...more,
    }),
  });
  const follow = (...events: ReturnType<typeof enters>[]) =>
    inTransaction(world.db, (tx) => followVisits(tx, world.clock, { events }));
  const events = await follow(
    enters(one.profileId, { store_code: "izm" }),
    enters(two.profileId, { store_id: IZMIR }),
    enters(newId(world.clock), { store_id: IZMIR }),
  );
  expect(events).toMatchObject([
    {
      name: "List Found in Store",
      profileId: one.profileId,
      channel: "store",
      touchpoint: "izm",
      properties: { store_id: IZMIR, items: 1, products: [{ variant_id: here, available: 2 }] },
    },
  ]);
  expect(await follow(enters(one.profileId, { store_code: "izm" }, { historical: true }))).toEqual([]);
  expect(await follow(enters(one.profileId, { store_code: "nowhere" }))).toEqual([]);
});
