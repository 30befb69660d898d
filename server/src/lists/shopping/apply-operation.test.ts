import { randomUUID } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import type { ListKind, ListOperation } from "../contracts.ts";
import { adding } from "../testing.ts";
import { applyOperation, type Hand, type Sheet } from "./apply-operation.ts";
import { unite } from "./pour-list.ts";
import type { ItemRow } from "./queries/items.pg.ts";

const VARIANTS = [1, 2, 3].map((n) => `01900000-0000-7000-8000-00000000000${n}`);
const hand: Hand = {
  at: "2026-03-02T09:00:00.000Z",
  authorKind: "shopper",
  authorName: null,
  prices: new Map(VARIANTS.map((id) => [id, { amount: 8900, currency: "EUR" }])),
  archived: new Set<string>(),
  photos: new Set(),
};
const blank = (kind: ListKind): Sheet => ({ listId: randomUUID(), kind, items: new Map(), done: new Set(), seq: 0 });
const live = (sheet: Sheet) => [...sheet.items.values()].filter((item) => item.removed_at === null);

function run(kind: ListKind, operations: readonly ListOperation[]): Sheet {
  const sheet = blank(kind);
  for (const operation of operations) applyOperation(sheet, hand, operation);
  return sheet;
}

/** What a person would say is on the list: how many of each, and every word somebody wrote. */
function sense(sheet: Sheet) {
  const of = Map.groupBy(live(sheet), (item) => item.variant_id);
  const count = (items: readonly ItemRow[]) =>
    sheet.kind === "wish" ? Math.max(...items.map((i) => i.quantity)) : items.reduce((sum, i) => sum + i.quantity, 0);
  return {
    counts: Object.fromEntries([...of].map(([id, items]) => [id, count(items)]).sort()),
    notes: live(sheet)
      .flatMap((item) => item.note ?? [])
      .sort(),
  };
}

const kinds = fc.constantFrom<ListKind>("wish", "shopping");
const additions = fc.array(
  fc.record({
    variant: fc.constantFrom(...VARIANTS),
    quantity: fc.integer({ min: 1, max: 3 }),
    note: fc.option(fc.constantFrom("for Ali", "for Veli")),
  }),
  { maxLength: 8 },
);

test("LIST-11 additions commute: whoever comes first, the list says the same and no word is lost", () => {
  fc.assert(
    fc.property(kinds, additions, fc.infiniteStream(fc.nat()), (kind, given, dice) => {
      const operations = given.map(({ variant, quantity, note }) => adding(variant, quantity, note ? { note } : {}));
      const shuffled = operations
        .map((operation) => ({ operation, die: dice.next().value }))
        .sort((a, b) => a.die - b.die)
        .map(({ operation }) => operation);
      const [one, other] = [sense(run(kind, operations)), sense(run(kind, shuffled))];
      expect(other.counts).toEqual(one.counts);
      expect([...new Set(other.notes)]).toEqual([...new Set(one.notes)]);
      for (const { note, variant_id } of operations)
        if (note)
          expect(live(run(kind, shuffled)).some((i) => i.note === note && i.variant_id === variant_id)).toBe(true);
    }),
  );
});

test("LIST-12 sent twice is done once, in whatever pieces it comes again", () => {
  fc.assert(
    fc.property(kinds, additions, fc.nat(), (kind, given, cut) => {
      const operations = given.map(({ variant, quantity }) => adding(variant, quantity));
      const again = operations.slice(cut % (operations.length + 1));
      expect(sense(run(kind, [...operations, ...again]))).toEqual(sense(run(kind, operations)));
    }),
  );
});

test("LIST-11 two who change different fields of one item both have their way; of one field the later", () => {
  const first = adding(VARIANTS[0] ?? "", 1);
  const on = { item_id: first.item_id };
  const sheet = run("shopping", [
    first,
    { op: "change", id: randomUUID(), ...on, note: "the blue one" },
    { op: "change", id: randomUUID(), ...on, quantity: 4 },
    { op: "change", id: randomUUID(), ...on, quantity: 5 },
  ]);
  expect(live(sheet)).toMatchObject([{ note: "the blue one", quantity: 5 }]);
});

test("LIST-11 a removal beats a change, whichever comes first, and can be taken back", () => {
  const first = adding(VARIANTS[0] ?? "", 1);
  const on = { item_id: first.item_id };
  const remove = { op: "remove", id: randomUUID(), ...on } as const;
  const change = { op: "change", id: randomUUID(), ...on, quantity: 7 } as const;
  for (const order of [
    [remove, change],
    [change, remove],
  ])
    expect(live(run("shopping", [first, ...order]))).toEqual([]);
  const sheet = run("shopping", [first, remove]);
  expect(applyOperation(sheet, hand, change).result.outcome).toBe("ignored");
  expect(applyOperation(sheet, hand, { op: "restore", id: randomUUID(), ...on }).result.outcome).toBe("done");
  expect(live(sheet)).toMatchObject([{ quantity: 1 }]);
});

test("LIST-11 each change has a number of its own, and the item carries that of its last", () => {
  const [a, b] = [adding(VARIANTS[0] ?? "", 1), adding(VARIANTS[1] ?? "", 1)];
  const sheet = run("shopping", [a, b, { op: "change", id: randomUUID(), item_id: a.item_id, quantity: 2 }]);
  expect(live(sheet).map((item) => [item.id, item.seq])).toEqual([
    [a.item_id, 3],
    [b.item_id, 2],
  ]);
});

test("LIST-13 what cannot be done is refused by itself: unknown goods, a hundred of one, a photo of another list", () => {
  const sheet = blank("shopping");
  const outcome = (operation: ListOperation) => applyOperation(sheet, hand, operation).result;
  expect(outcome(adding(randomUUID()))).toMatchObject({ outcome: "refused", code: "variant_not_found" });
  expect(outcome(adding(VARIANTS[0] ?? "", 99))).toMatchObject({ outcome: "done" });
  expect(outcome(adding(VARIANTS[0] ?? "", 1))).toMatchObject({ outcome: "refused", code: "list_full" });
  const photo = { photo_id: randomUUID() };
  expect(outcome(adding(VARIANTS[1] ?? "", 1, photo))).toMatchObject({ outcome: "refused", code: "photo_not_found" });
  expect(live(sheet)).toHaveLength(1);
});

test("LIST-14 laid together, wishes are united and what is to be bought adds up", () => {
  fc.assert(
    fc.property(kinds, additions, additions, (kind, ours, theirs) => {
      const build = (given: typeof ours) =>
        run(
          kind,
          given.map(({ variant, quantity, note }) => adding(variant, quantity, note ? { note } : {})),
        );
      const [into, from] = [build(ours), build(theirs)];
      const united = unite({ id: into.listId, kind, seq: into.seq }, [...into.items.values()], live(from));
      const all = new Map(into.items);
      for (const item of united.items) all.set(item.id, item);
      const result = sense({ ...into, items: all });
      const [mine, yours] = [sense(into).counts, sense(from).counts];
      for (const id of VARIANTS) {
        const [a, b] = [mine[id] ?? 0, yours[id] ?? 0];
        expect(result.counts[id] ?? 0).toBe(kind === "wish" ? Math.max(a, b) : a + b);
      }
      expect(new Set(result.notes)).toEqual(new Set([...sense(into).notes, ...sense(from).notes]));
      expect(united.seq).toBe(into.seq + live(from).length);
    }),
  );
});
