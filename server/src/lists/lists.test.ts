import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { unpack } from "../collect/index.ts";
import { profileForDevice } from "../identity/index.ts";
import { IZMIR, stockedProduct, WAREHOUSE } from "../inventory/testing.ts";
import { inTransaction, rows, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { addToCart, type CartDeps, setInCart } from "./change-cart.ts";
import type { Cart, Holder } from "./contracts.ts";
import { cartOf, readCart, removeBought } from "./index.ts";
import { mergeCarts } from "./merge-carts.ts";
import { lookAtCart } from "./take-over-cart.ts";

describe("carts", () => {
  let world: World;
  let deps: CartDeps;
  let shoe = "";
  let other = "";
  let phone: Extract<Holder, { kind: "device" }>;
  let laptop: Extract<Holder, { kind: "device" }>;

  beforeAll(async () => {
    world = await createWorld();
    deps = world;
    const { variantIds } = await stockedProduct(world, [{ [IZMIR]: 1 }, { [WAREHOUSE]: 9 }]);
    [shoe = "", other = ""] = variantIds;
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await sql`delete from collect.inbox`.execute(world.db);
    phone = { kind: "device", anonymousId: newId(world.clock) };
    laptop = { kind: "device", anonymousId: newId(world.clock) };
  });

  const profileOf = (device: Holder) =>
    inTransaction(world.db, async (tx) => (await profileForDevice(tx, world, device.anonymousId)) ?? "");
  /** As identity does when the devices turn out to be one person's: their identifiers move, then the rooms are told. */
  const merge = (from: string, into: string) =>
    inTransaction(world.db, async (tx) => {
      await sql`update identity.identifiers set profile_id = ${into} where profile_id = ${from}`.execute(tx);
      await sql`insert into identity.aliases (from_id, into_id) values (${from}, ${into})`.execute(tx);
      await mergeCarts(tx, world.clock, [{ from, into }]);
    });
  const person = (profileId: string, device: Holder): Holder => ({
    kind: "person",
    profileId,
    anonymousId: device.anonymousId,
  });
  const contents = (cart: Cart) => cart.items.map((item) => [item.variant_id, item.quantity]);
  const told = async () =>
    (await rows(world.db, sql<{ events: Buffer }>`select events from collect.inbox order by seq`))
      .flatMap((row) => unpack(row))
      .sort((a, b) => (a.messageId < b.messageId ? -1 : 1));

  test("a cart says what is in it, what it costs and what the web still has", async () => {
    const cart = await addToCart(deps, phone, { variant_id: shoe, quantity: 1 });
    expect(cart).toMatchObject({ total: 8900, currency: "EUR" });
    expect(cart.items[0]).toMatchObject({ variant_id: shoe, size: "36", quantity: 1, available: 1 });
    expect(await readCart(world.db, world.clock, laptop)).toMatchObject({ id: null, items: [], total: 0 });
  });

  test("every change is an event of the standard, with the whole cart after it", async () => {
    await addToCart(deps, phone, { variant_id: other, quantity: 3 });
    await setInCart(deps, phone, other, { quantity: 1 });
    await setInCart(deps, phone, other, { quantity: 1 });
    await setInCart(deps, phone, other, { quantity: 0 });
    const events = await told();
    expect(events.map((e) => [e.name, e.properties.quantity])).toEqual([
      ["Product Added", 3],
      ["Product Removed", 2],
      ["Product Removed", 1],
    ]);
    expect(events[0]).toMatchObject({
      profileId: await profileOf(phone),
      anonymousId: phone.anonymousId,
      channel: "web",
      properties: { variant_id: other, price: 89, category: "shoes", size: "37", cart: { items: 3, value: 267 } },
    });
    expect(events[2]?.properties.cart).toMatchObject({ items: 0, value: 0, currency: "EUR" });
  });

  test("LIST-1 a device sees nothing of the person it claims to be, though their profiles are merged", async () => {
    const jane = await profileOf(laptop);
    await addToCart(deps, person(jane, laptop), { variant_id: shoe, quantity: 1 });
    await addToCart(deps, phone, { variant_id: other, quantity: 2 });
    await merge(await profileOf(phone), jane);
    expect(contents(await lookAtCart(deps, phone))).toEqual([[other, 2]]);
    expect(contents(await lookAtCart(deps, person(jane, laptop)))).toEqual([[shoe, 1]]);
    expect(contents(await cartOf(world.db, world.clock, jane))).toEqual([
      [shoe, 1],
      [other, 2],
    ]);
  });

  test("LIST-2 LIST-3 the cart made on the phone is on the laptop after she signed in on both", async () => {
    await addToCart(deps, phone, { variant_id: shoe, quantity: 1 });
    const jane = await profileOf(laptop);
    await addToCart(deps, person(jane, laptop), { variant_id: other, quantity: 1 });
    await merge(await profileOf(phone), jane);
    const onPhone = await lookAtCart(deps, person(jane, phone));
    expect(contents(onPhone).sort()).toEqual(
      [
        [shoe, 1],
        [other, 1],
      ].sort(),
    );
    expect(await lookAtCart(deps, person(jane, laptop))).toEqual(onPhone);
    expect(contents(await lookAtCart(deps, phone))).toEqual([]);
    const merged = (await told()).filter((event) => event.name === "Cart Merged");
    expect(merged.at(-1)?.properties).toMatchObject({ cart: { items: 2 }, products: [{ variant_id: shoe }] });
  });

  test("LIST-3 the guest's quantity replaces hers, and only once", async () => {
    const jane = await profileOf(laptop);
    await addToCart(deps, person(jane, laptop), { variant_id: other, quantity: 5 });
    await addToCart(deps, phone, { variant_id: other, quantity: 2 });
    await merge(await profileOf(phone), jane);
    expect(contents(await lookAtCart(deps, person(jane, phone)))).toEqual([[other, 2]]);
    await setInCart(deps, person(jane, laptop), other, { quantity: 4 });
    const looks = await Promise.all(Array.from({ length: 5 }, () => lookAtCart(deps, person(jane, phone))));
    for (const look of looks) expect(contents(look)).toEqual([[other, 4]]);
  });

  test("LIST-4 B signing in on A's device does not get A's list", async () => {
    const [a, b] = [await profileOf(phone), await profileOf(laptop)];
    await addToCart(deps, person(a, phone), { variant_id: shoe, quantity: 1 });
    await addToCart(deps, phone, { variant_id: other, quantity: 2 });
    expect(contents(await lookAtCart(deps, person(b, phone)))).toEqual([]);
    await addToCart(deps, person(b, phone), { variant_id: other, quantity: 1 });
    expect(contents(await lookAtCart(deps, person(b, phone)))).toEqual([[other, 1]]);
    expect(contents(await lookAtCart(deps, person(a, phone)))).toHaveLength(2);
  });

  test("LIST-5 two persons' carts become one, the newer quantity wins, also through a chain of merges", async () => {
    const tablet: Holder = { kind: "device", anonymousId: newId(world.clock) };
    const [a, b, c] = [await profileOf(phone), await profileOf(laptop), await profileOf(tablet)];
    await addToCart(deps, person(a, phone), { variant_id: shoe, quantity: 1 });
    await addToCart(deps, person(a, phone), { variant_id: other, quantity: 7 });
    world.clock.advance({ seconds: 1 });
    await addToCart(deps, person(b, laptop), { variant_id: other, quantity: 2 });
    await inTransaction(world.db, async (tx) => {
      await sql`update identity.identifiers set profile_id = ${c} where profile_id in (${a}, ${b})`.execute(tx);
      await mergeCarts(tx, world.clock, [
        { from: a, into: b },
        { from: b, into: c },
      ]);
    });
    const cart = await lookAtCart(deps, person(c, tablet));
    expect(new Map(contents(cart) as [string, number][])).toEqual(
      new Map([
        [shoe, 1],
        [other, 2],
      ]),
    );
  });

  test("LIST-6 what was bought leaves the person's cart and her devices' carts", async () => {
    const jane = await profileOf(phone);
    await addToCart(deps, phone, { variant_id: shoe, quantity: 1 });
    await addToCart(deps, person(jane, laptop), { variant_id: other, quantity: 1 });
    await setInCart(deps, phone, other, { quantity: 3 });
    const buy = (variantId: string, quantity: number) =>
      inTransaction(world.db, (tx) => removeBought(tx, world.clock, { profileId: jane }, [{ variantId, quantity }]));
    const left = await buy(shoe, 1);
    expect(left).toMatchObject({ profileId: jane, cart: { items: 3, value: 267 } });
    expect(contents(await cartOf(world.db, world.clock, jane))).toEqual([[other, 3]]);
    // So many as were bought of what she set last; what she had set before that counts no more, nor does it come back.
    await buy(other, 1);
    expect(contents(await cartOf(world.db, world.clock, jane))).toEqual([[other, 2]]);
    expect(contents(await lookAtCart(deps, person(jane, laptop)))).toEqual([]);
    await Promise.all([buy(other, 1), buy(other, 1), buy(other, 1)]);
    expect(contents(await cartOf(world.db, world.clock, jane))).toEqual([]);
  });

  test("LIST-8 unknown variants, too many and negative are refused with the field", async () => {
    await expect(addToCart(deps, phone, { variant_id: newId(world.clock), quantity: 1 })).rejects.toMatchObject({
      code: "variant_not_found",
      fields: [{ path: "variant_id" }],
    });
    await addToCart(deps, phone, { variant_id: other, quantity: 60 });
    await expect(addToCart(deps, phone, { variant_id: other, quantity: 60 })).rejects.toMatchObject({
      code: "too_many",
    });
  });

  test("many taps at once on one device lose nothing and make one cart", async () => {
    await Promise.all(Array.from({ length: 20 }, () => addToCart(deps, phone, { variant_id: other, quantity: 1 })));
    expect(contents(await lookAtCart(deps, phone))).toEqual([[other, 20]]);
  });
});
