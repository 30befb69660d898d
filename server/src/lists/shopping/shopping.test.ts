import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { unpack } from "../../collect/index.ts";
import { IZMIR, stockedProduct, WAREHOUSE } from "../../inventory/testing.ts";
import { inTransaction, rows, sql } from "../../platform/db.ts";
import { createWorld, type World } from "../../platform/testing/world.ts";
import type { ChangedList, Holder, ListOperation, ShoppingList } from "../contracts.ts";
import { removeBought } from "../index.ts";
import { adding, mergeProfiles, newDevice, operations, personOn, profileOf, seenBy } from "../testing.ts";
import { changeList } from "./change-list.ts";
import { removeList, renameList } from "./delete-list.ts";
import { type ListDeps, makeList, makeListFor } from "./make-list.ts";
import { listsOfPerson, readList } from "./read-lists.ts";
import { lookAtLists } from "./take-over-lists.ts";

describe("shopping lists", () => {
  let world: World;
  let deps: ListDeps;
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
    phone = newDevice(world);
    laptop = newDevice(world);
  });

  const never = new AbortController().signal;
  const make = (holder: Holder, kind: "wish" | "shopping" = "shopping", name?: string) =>
    makeList(deps, holder, { kind, origin: "shopper", ...(name ? { name } : {}) });
  const change = (holder: Holder, list: ShoppingList, ...given: ListOperation[]): Promise<ChangedList> =>
    changeList(deps, seenBy(holder), list.id, operations(...given));
  const read = (holder: Holder, id: string, after = 0) =>
    readList(deps, seenBy(holder), id, { after, waitMs: 0, gone: never });
  const contents = (list: ShoppingList) => list.items.map((item) => [item.variant_id, item.quantity]);
  const buy = (profileId: string, variantId: string, quantity: number) =>
    inTransaction(world.db, (tx) => removeBought(tx, world.clock, { profileId }, [{ variantId, quantity }]));
  const told = async () =>
    (await rows(world.db, sql<{ events: Buffer }>`select events from collect.inbox order by seq`))
      .flatMap((row) => unpack(row))
      .sort((a, b) => (a.messageId < b.messageId ? -1 : 1));

  test("LIST-10 an item says who put it there, when, what it cost, with note, dimensions, store and chat", async () => {
    const jane = await profileOf(world, phone);
    const list = await makeListFor(deps, jane, { kind: "shopping", name: "Living room", origin: "shopper" });
    const words = {
      note: "the darker one",
      dimensions: { width_mm: 1200, height_mm: 750 },
      store_id: IZMIR,
      chat_url: "https://chat.example/42",
    };
    const associate = { kind: "staff", name: "Selin" } as const;
    const changed = await changeList(deps, associate, list.id, operations(adding(shoe, 2, words)));
    expect(changed.items[0]).toMatchObject({
      ...words,
      variant_id: shoe,
      quantity: 2,
      author: { kind: "associate", name: "Selin" },
      added_at: "2026-03-02T09:00:00.000Z",
      price_when_added: { amount: 8900, currency: "EUR" },
      available: 1,
    });
    expect(await listsOfPerson(world.db, jane)).toMatchObject([
      { name: "Living room", origin: "associate", count: 1, image_urls: [expect.stringContaining(shoe)] },
    ]);
    const hers = await read(personOn(jane, laptop), list.id);
    expect(hers.items).toEqual(changed.items);
  });

  test("LIST-9 a device opens its own lists alone; a person hers on every device; nobody else sees them", async () => {
    const mine = await make(phone);
    const jane = await profileOf(world, laptop);
    const hers = await make(personOn(jane, laptop), "wish");
    await expect(read(laptop, mine.id)).rejects.toMatchObject({ code: "list_not_found" });
    await expect(read(phone, hers.id)).rejects.toMatchObject({ code: "list_not_found" });
    await expect(change(laptop, hers, adding(shoe))).rejects.toMatchObject({ code: "list_not_found" });
    await mergeProfiles(world, await profileOf(world, phone), jane);
    // One person as far as we can tell, but the phone has not proven it.
    await expect(read(phone, hers.id)).rejects.toMatchObject({ code: "list_not_found" });
    expect((await read(personOn(jane, phone), hers.id)).right).toBe("own");
  });

  test("LIST-14 at the sign-in the guest's wishes are united with hers and what is to be bought adds up, once", async () => {
    const jane = await profileOf(world, laptop);
    const onLaptop = personOn(jane, laptop);
    const [wishes, errands] = [await make(onLaptop, "wish"), await make(onLaptop)];
    await change(onLaptop, wishes, adding(shoe, 3));
    await change(onLaptop, errands, adding(other, 2, { note: "for Ali" }));
    const [guestWishes, guestErrands] = [await make(phone, "wish"), await make(phone)];
    await change(phone, guestWishes, adding(shoe, 1), adding(other, 1));
    await change(phone, guestErrands, adding(other, 3, { note: "for Veli" }), adding(shoe, 1));
    const trip = await make(phone, "shopping", "Trip");
    await mergeProfiles(world, await profileOf(world, phone), jane);
    const looks = await Promise.all(Array.from({ length: 5 }, () => lookAtLists(deps, personOn(jane, phone))));
    for (const look of looks)
      expect(new Set(look.map((list) => list.id))).toEqual(new Set([wishes.id, errands.id, trip.id]));
    expect(new Map(contents(await read(onLaptop, wishes.id)) as [string, number][])).toEqual(
      new Map([
        [shoe, 3],
        [other, 1],
      ]),
    );
    const merged = await read(onLaptop, errands.id);
    expect(merged.items.map((item) => [item.variant_id, item.quantity, item.note]).sort()).toEqual(
      [
        [other, 2, "for Ali"],
        [other, 3, "for Veli"],
        [shoe, 1, null],
      ].sort(),
    );
    expect(await lookAtLists(deps, phone)).toEqual([]);
  });

  test("LIST-4 B signing in on A's device gets none of A's lists", async () => {
    const [a, b] = [await profileOf(world, phone), await profileOf(world, laptop)];
    const hers = await make(personOn(a, phone), "wish");
    const left = await make(phone);
    await change(phone, left, adding(shoe, 2));
    expect(await lookAtLists(deps, personOn(b, phone))).toEqual([]);
    await expect(read(personOn(b, phone), hers.id)).rejects.toMatchObject({ code: "list_not_found" });
    await expect(read(personOn(b, phone), left.id)).rejects.toMatchObject({ code: "list_not_found" });
    expect((await lookAtLists(deps, personOn(a, phone))).map((list) => list.id).sort()).toEqual(
      [hers.id, left.id].sort(),
    );
  });

  test("LIST-5 when profiles merge, main lists become one and named ones follow as they are", async () => {
    const tablet = newDevice(world);
    const [a, b] = [await profileOf(world, phone), await profileOf(world, laptop)];
    const [one, two] = [await make(personOn(a, phone)), await make(personOn(b, laptop))];
    const named = await make(personOn(a, phone), "shopping", "Party");
    const guest = await make(tablet);
    await change(personOn(a, phone), one, adding(other, 1));
    await change(personOn(b, laptop), two, adding(other, 2));
    await mergeProfiles(world, await profileOf(world, tablet), b);
    await mergeProfiles(world, a, b);
    const hers = await lookAtLists(deps, personOn(b, laptop));
    expect(hers.map((list) => list.id).sort()).toEqual([two.id, named.id].sort());
    expect(contents(await read(personOn(b, laptop), two.id))).toEqual([[other, 3]]);
    expect((await listsOfPerson(world.db, b)).map((list) => list.id)).toContain(guest.id);
  });

  test("LIST-11 two editors at once lose nothing, and each answer brings what the other did", async () => {
    const jane = await profileOf(world, phone);
    const [one, two] = [personOn(jane, phone), personOn(jane, laptop)];
    const list = await make(one);
    const first = await change(one, list, adding(shoe, 1, { note: "size 36" }));
    const item = first.items[0]?.id ?? "";
    await Promise.all([
      ...Array.from({ length: 10 }, () => change(one, list, adding(other, 1))),
      ...Array.from({ length: 10 }, () => change(two, list, adding(other, 2))),
      change(one, list, { op: "change", id: randomUUID(), item_id: item, quantity: 4 }),
      change(two, list, { op: "change", id: randomUUID(), item_id: item, note: "size 37" }),
    ]);
    const [left, right] = [await read(one, list.id), await read(two, list.id)];
    expect(left).toEqual(right);
    expect(new Set(left.items.map((each) => [each.variant_id, each.quantity, each.note].join()))).toEqual(
      new Set([[shoe, 4, "size 37"].join(), [other, 30, null].join()]),
    );
    expect(left.seq).toBe(23);
    const since = await changeList(deps, seenBy(two), list.id, {
      operations: [{ op: "remove", id: randomUUID(), item_id: item }],
      after: left.seq,
    });
    expect(since).toMatchObject({ seq: 24, items: [], removed: [{ id: item, removal: "removed" }], count: 1 });
    expect(await read(one, list.id, left.seq)).toMatchObject({ removed: [{ id: item }] });
  });

  test("LIST-11 whoever waits for a change hears of it within a moment", async () => {
    const list = await make(phone);
    const began = performance.now();
    // As screens do: a notice is a hint (that of the list's making may come late), whoever saw nothing new asks again.
    const untilNew = async (): Promise<ShoppingList> => {
      const seen = await readList(deps, seenBy(phone), list.id, { after: 0, waitMs: 20_000, gone: never });
      return seen.seq > 0 ? seen : untilNew();
    };
    const waiting = untilNew();
    await change(phone, list, adding(shoe));
    expect(contents(await waiting)).toEqual([[shoe, 1]]);
    expect(performance.now() - began).toBeLessThan(2_000);
    const gone = new AbortController();
    const idle = readList(deps, seenBy(phone), list.id, { after: 1, waitMs: 20_000, gone: gone.signal });
    gone.abort();
    expect(await idle).toMatchObject({ seq: 1, items: [] });
  });

  test("LIST-12 an operation that is sent twice, also at once, is done once", async () => {
    const list = await make(phone);
    const add = adding(shoe, 2);
    const answers = await Promise.all(Array.from({ length: 5 }, () => change(phone, list, add)));
    expect(answers.flatMap(({ results }) => results.map(({ outcome }) => outcome)).sort()).toEqual([
      "done",
      ...Array(4).fill("repeated"),
    ]);
    expect(contents(await read(phone, list.id))).toEqual([[shoe, 2]]);
  });

  test("LIST-6 what was bought, on whatever channel, leaves all her lists and says so", async () => {
    const jane = await profileOf(world, phone);
    const [wishes, errands] = [await make(personOn(jane, laptop), "wish"), await make(phone)];
    await change(personOn(jane, laptop), wishes, adding(shoe), adding(other));
    await change(phone, errands, adding(shoe, 3));
    await buy(jane, shoe, 3);
    expect(contents(await read(personOn(jane, laptop), wishes.id))).toEqual([[other, 1]]);
    expect(await read(phone, errands.id, 1)).toMatchObject({ seq: 2, removed: [{ removal: "bought" }], count: 0 });
  });

  test("LIST-6 so many leave as were bought, of two lines of the same the older first, however many buy at once", async () => {
    const jane = await profileOf(world, phone);
    const list = await make(phone);
    await change(phone, list, adding(shoe, 3, { note: "for Ali" }));
    world.clock.advance("PT1S");
    await change(phone, list, adding(shoe, 4, { note: "for me" }), adding(other, 2));
    await buy(jane, shoe, 1);
    const after = await read(phone, list.id, 3);
    expect(after).toMatchObject({ items: [{ quantity: 2, note: "for Ali" }], removed: [], count: 3 });
    await Promise.all([buy(jane, shoe, 1), buy(jane, shoe, 1), buy(jane, shoe, 1), buy(jane, other, 1)]);
    const left = await read(phone, list.id);
    expect(new Map(left.items.map((item) => [item.note, item.quantity]))).toEqual(
      new Map([
        ["for me", 3],
        [null, 1],
      ]),
    );
    await buy(jane, shoe, 99);
    expect(contents(await read(phone, list.id))).toEqual([[other, 1]]);
  });

  test("what comes onto a list and leaves it is an event of the person, in the standard's words for wishes", async () => {
    const [wishes, errands] = [await make(phone, "wish"), await make(phone)];
    const { items } = await change(phone, wishes, adding(shoe, 1, { note: "for Ali" }));
    await change(phone, wishes, { op: "remove", id: randomUUID(), item_id: items[0]?.id ?? "" });
    await change(phone, errands, adding(other, 2));
    const events = await told();
    expect(events.map((event) => [event.name, event.properties.quantity, event.channel])).toEqual([
      ["Product Added to Wishlist", 1, "web"],
      ["Product Removed from Wishlist", 1, "web"],
      ["Product Added to List", 2, "web"],
    ]);
    expect(events[0]).toMatchObject({
      profileId: await profileOf(world, phone),
      anonymousId: phone.anonymousId,
      properties: { variant_id: shoe, wishlist_id: wishes.id, list_kind: "wish", author: "shopper", note: true },
    });
    expect(JSON.stringify(events)).not.toContain("for Ali");
  });

  test("LIST-13 a main list is made once; names, bounds and deletion", async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => make(phone, "wish")));
    expect(new Set(made.map((list) => list.id)).size).toBe(1);
    const [main] = made;
    const named = await make(phone, "wish", "Birthday");
    expect(await renameList(deps, seenBy(phone), named.id, "My birthday")).toMatchObject({ name: "My birthday" });
    await expect(renameList(deps, seenBy(phone), main?.id ?? "", "x")).rejects.toMatchObject({ code: "main_list" });
    await removeList(deps, seenBy(phone), named.id);
    await expect(read(phone, named.id)).rejects.toMatchObject({ code: "list_not_found" });
  });
});
