import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { newEvent } from "../collect/index.ts";
import { profileForDevice } from "../identity/index.ts";
import { stockedProduct, WAREHOUSE } from "../inventory/testing.ts";
import { addToCart } from "../lists/change-cart.ts";
import type { Holder } from "../lists/index.ts";
import { inTransaction, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { JsonObject } from "../platform/json.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { addRule, removeRule } from "./change-rules.ts";
import type { RuleBody } from "./contracts.ts";
import { type DecideDeps, decide } from "./decide.ts";
import { createDecisions } from "./index.ts";
import { loadDevice } from "./queries/devices.pg.ts";
import { loadRules } from "./queries/rules.pg.ts";
import { emptyDevice, foldView, rememberViews } from "./remember-views.ts";

describe("decisions", () => {
  let world: World;
  let deps: DecideDeps;
  let members: Map<string, string[]>;
  let phone: Extract<Holder, { kind: "device" }>;
  let shoe = { productId: "", variantId: "" };
  let boot = { productId: "", variantId: "" };

  beforeAll(async () => {
    world = await createWorld();
    for (const which of ["shoe", "boot"]) {
      const { productId, variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 3 }]);
      if (which === "shoe") shoe = { productId, variantId: variantIds[0] ?? "" };
      else boot = { productId, variantId: variantIds[0] ?? "" };
    }
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await sql`delete from decisions.rule`.execute(world.db);
    members = new Map();
    deps = {
      ...world,
      waitingFor: async () => ({ items: [] }),
      segmentsOf: async (_db, id) => (members.get(id) ?? []).map((segment) => ({ id: segment })),
    };
    phone = { kind: "device", anonymousId: newId(world.clock) };
  });

  const SLOTS = ["home_hero", "home_last_category", "cart", "recently_viewed"];
  const ask = async (holder: Holder, context: { product_id?: string; currency?: string } = {}) =>
    (await decide(deps, holder, { anonymous_id: holder.anonymousId, slots: SLOTS, context })).slots;
  const look = (anonymousId: string, name: string, properties: JsonObject, historical = false) =>
    inTransaction(world.db, (tx) => {
      const event = newEvent(world.clock, {
        messageId: newId(world.clock),
        source: "k",
        name,
        anonymousId,
        properties,
        historical,
      });
      world.clock.advance({ seconds: 1 });
      return rememberViews(tx, { now: world.clock.now(), events: [{ event, profileId: newId(world.clock) }] });
    });
  const profileOf = (holder: Holder) =>
    inTransaction(world.db, async (tx) => (await profileForDevice(tx, world, holder.anonymousId)) ?? "");
  const rule = (given: Partial<RuleBody>) =>
    addRule(
      { ...world, segmentsExist: async (_db, ids) => new Set(ids) },
      { slot: "home_hero", segment_id: null, position: 100, content: { variant: "x" }, ...given },
    );

  test("knows nothing of a stranger and says so", async () => {
    expect(await ask(phone)).toEqual({
      home_hero: { variant: "default", reason: "no_rule" },
      home_last_category: { category: null, items: [], reason: "nothing_known" },
      cart: expect.objectContaining({ items: [], reason: "nothing_known" }),
      recently_viewed: { items: [], reason: "nothing_known" },
    });
  });

  test("DEC-2 a device goes on where it left", async () => {
    await look(phone.anonymousId, "Product Viewed", { product_id: shoe.productId, category: "shoes" });
    await look(phone.anonymousId, "Product Viewed", { product_id: boot.productId, category: "shoes" });
    await look(phone.anonymousId, "Product Viewed", { product_id: shoe.productId });
    await addToCart(world, phone, { variant_id: shoe.variantId, quantity: 2 });
    const slots = await ask(phone);
    expect(slots.home_last_category).toMatchObject({ category: "shoes", reason: "last_category_of_device" });
    expect(slots.recently_viewed).toMatchObject({
      items: [{ id: shoe.productId }, { id: boot.productId }],
      reason: "viewed_on_device",
    });
    expect(slots.cart).toMatchObject({ items: [{ quantity: 2 }], reason: "cart_of_device" });
    expect((await ask(phone, { product_id: shoe.productId })).recently_viewed).toMatchObject({
      items: [{ id: boot.productId }],
    });
  });

  test("DEC-2 DEC-3 a device that only claims to be somebody is told nothing of her", async () => {
    const jane = newId(world.clock);
    const at = world.clock.now().toString();
    await sql`insert into identity.identifiers (type, value, profile_id, first_seen, last_seen, source) values
      ('email', ${`${jane}@x.example`}, ${jane}, ${at}, ${at}, 't'),
      ('anonymous_id', ${phone.anonymousId}, ${jane}, ${at}, ${at}, 't')`.execute(world.db);
    const her = { kind: "person", profileId: jane, anonymousId: newId(world.clock) } as const;
    await addToCart(world, her, { variant_id: shoe.variantId, quantity: 1 });
    const vip = newId(world.clock);
    members.set(jane, [vip]);
    await rule({ segment_id: vip, position: 1, content: { variant: "vip" } });
    await rule({ content: { variant: "all" } });
    const slots = await ask(phone);
    expect(slots.home_hero).toMatchObject({ variant: "all", reason: "rule_for_everybody" });
    expect(slots.cart).toMatchObject({ items: [] });
    const proven = await ask({ kind: "person", profileId: jane, anonymousId: phone.anonymousId });
    expect(proven.home_hero).toMatchObject({ variant: "vip", reason: "segment_rule" });
    expect(proven.cart).toMatchObject({ items: [{ variant_id: shoe.variantId }], reason: "cart_of_person" });
  });

  test("DEC-3 an anonymous visitor's own segments decide while the profile is nothing but that device", async () => {
    const lookers = newId(world.clock);
    members.set(await profileOf(phone), [lookers]);
    await rule({ segment_id: lookers, content: { variant: "sofas" } });
    expect((await ask(phone)).home_hero).toMatchObject({ variant: "sofas", reason: "segment_rule" });
  });

  test("DEC-1 a proven person goes on with what she did anywhere", async () => {
    const jane = newId(world.clock);
    const now = world.clock.now().toString();
    const memory = { category: [now, "m", "shoes"], views: { [boot.productId]: now, "not-a-product": now } };
    await sql`insert into profiles.profiles (id, data) values (${jane}, ${JSON.stringify({ memory })})`.execute(
      world.db,
    );
    const slots = await ask({ kind: "person", profileId: jane, anonymousId: newId(world.clock) });
    expect(slots.home_last_category).toMatchObject({ category: "shoes", reason: "last_category_of_person" });
    expect(slots.recently_viewed).toMatchObject({ items: [{ id: boot.productId }], reason: "viewed_by_person" });
  });

  test("DEC-4 the lowest position wins; rules come and go", async () => {
    const first = await rule({ position: 5, content: { variant: "first" } });
    await rule({ position: 9, content: { variant: "second" } });
    expect((await ask(phone)).home_hero).toMatchObject({ variant: "first" });
    await removeRule(world, first.id);
    expect((await ask(phone)).home_hero).toMatchObject({ variant: "second" });
    await expect(removeRule(world, first.id)).rejects.toMatchObject({ code: "rule_not_found" });
    expect(await loadRules(world.db, null)).toHaveLength(1);
    const gone = addRule(
      { ...world, segmentsExist: async () => new Set() },
      { slot: "home_hero", segment_id: newId(world.clock), position: 1, content: { variant: "x" } },
    );
    await expect(gone).rejects.toMatchObject({ code: "segment_not_found", fields: [{ path: "segment_id" }] });
  });

  test("DEC-5 imports of old events and senseless ones leave a device's memory alone", async () => {
    await look(phone.anonymousId, "Product Viewed", { product_id: shoe.productId }, true);
    await look(phone.anonymousId, "Product Viewed", { product_id: { a: 1 }, category: 7 });
    await look(phone.anonymousId, "Order Completed", { category: "shoes" });
    expect(await loadDevice(world.db, phone.anonymousId)).toBeUndefined();
  });

  test("DEC-5 whatever order views arrive in, and however often, the memory is the same", () => {
    const view = fc.record({
      anonymousId: fc.constant("d"),
      at: fc.integer({ min: 0, max: 9 }).map((s) => `2026-03-02T09:00:0${s}.000Z`),
      product: fc.option(fc.constantFrom("a", "b", "c", "d")),
      category: fc.option(fc.constantFrom("shoes", "sofas")),
    });
    fc.assert(
      fc.property(fc.array(view), fc.func(fc.integer()), (views, key) => {
        const shuffled = [...views, ...views].sort((a, b) => key(a) - key(b));
        expect(shuffled.reduce(foldView, emptyDevice("d"))).toEqual(views.reduce(foldView, emptyDevice("d")));
      }),
    );
  });

  test("a device is forgotten on the ninetieth day after it was last seen", async () => {
    await look(phone.anonymousId, "Product List Viewed", { category: "shoes" });
    const room = createDecisions({
      ...deps,
      segmentsExist: async () => new Set(),
      onError(error) {
        throw error;
      },
    });
    await room.start?.();
    const day = world.clock.now().toZonedDateTimeISO("UTC").toPlainDate().add({ days: 90 });
    const due = day.toZonedDateTime("UTC").toInstant();
    world.clock.advance(world.clock.now().until(due).subtract({ seconds: 1 }));
    expect(await loadDevice(world.db, phone.anonymousId)).toBeDefined();
    world.clock.advance({ seconds: 1 });
    await expect.poll(() => loadDevice(world.db, phone.anonymousId)).toBeUndefined();
    await room.stop?.();
  });
});
