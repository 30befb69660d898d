import { afterAll, beforeAll, expect, test } from "vitest";

import { IZMIR, stockedProduct } from "./inventory/testing.ts";
import { changeList } from "./lists/shopping/change-list.ts";
import { makeList } from "./lists/shopping/make-list.ts";
import { adding, newDevice, operations, profileOf, seenBy } from "./lists/testing.ts";
import { liveData } from "./live-data.ts";
import { createWorld, type World } from "./platform/testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test("`list` is what somebody wishes for, the newest first; what they have noted to buy is not", async () => {
  const { variantIds } = await stockedProduct(world, [{ [IZMIR]: 1 }, { [IZMIR]: 2 }]);
  const [shoe = "", coat = ""] = variantIds;
  const phone = newDevice(world);
  const wish = await makeList(world, phone, { kind: "wish", origin: "shopper" });
  const shopping = await makeList(world, phone, { kind: "shopping", origin: "shopper" });
  await changeList(world, seenBy(phone), wish.id, operations(adding(shoe)));
  world.clock.advance("PT1M");
  await changeList(world, seenBy(phone), wish.id, operations(adding(coat)));
  await changeList(world, seenBy(phone), shopping.id, operations(adding(shoe, 3)));
  const person = await profileOf(world, phone);
  const nobody = await profileOf(world, newDevice(world));
  const lists = await liveData(world.db, world.clock).listsOf?.([person, nobody]);
  expect(lists?.get(person)?.items.map(({ variant_id, quantity }) => [variant_id, quantity])).toEqual([
    [coat, 1],
    [shoe, 1],
  ]);
  expect(lists?.has(nobody)).toBe(false);
});
