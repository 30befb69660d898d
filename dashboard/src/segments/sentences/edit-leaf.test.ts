import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";

import { en } from "../../i18n/en.ts";
import type { Leaf } from "./conditions.ts";
import { detailsOf, earlierDetailsOf, withoutSlot } from "./edit-leaf.ts";
import { textOf } from "./phrase.ts";
import { readCondition } from "./read-condition.ts";
import { sayLeaf } from "./say-leaf.ts";
import { type Speaker, speakerOf } from "./speaker.ts";

let speaker: Speaker;
beforeAll(async () => {
  const i18n = i18next.createInstance();
  await i18n.init({ lng: "en", resources: { en: { translation: en } }, interpolation: { escapeValue: false } });
  speaker = speakerOf(i18n);
});

const LEAVES: readonly Leaf[] = [
  { did: "Order Completed" },
  { did: "Order Completed", count: { op: "eq", value: 0 }, within: "P30D" },
  { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" },
  { sequence: [{ did: "A" }, { did: "B" }], within: "P7D" },
  { consent: "email", state: "granted" },
  { message: "opened" },
];

test("whatever a sentence can say in addition has a place in it that can be filled, and can be taken back", () => {
  for (const leaf of LEAVES) {
    for (const [detail, { leaf: changed, slot }] of detailsOf(leaf)) {
      const where = `${detail} of ${JSON.stringify(leaf)}`;
      expect(readCondition(changed), where).not.toBeNull();
      const slots = sayLeaf(changed, speaker).map((part) => part.slot);
      expect(slots, where).toContain(slot);
      if (!["once", "never"].includes(detail)) expect(withoutSlot(changed, slot), where).not.toBeNull();
    }
  }
});

test("every step of a sequence can say more, the first nothing of what came before it", () => {
  const leaf = { sequence: [{ did: "A" }, { did: "B", channel: "store" }, { did: "C" }], within: "P7D" } as const;
  const earlier = earlierDetailsOf(leaf);
  expect(earlier.map(({ did, detail }) => `${did} ${detail}`)).toEqual([
    "A where",
    "A channel",
    "B without",
    "B where",
  ]);
  for (const { leaf: changed, slot } of earlier) {
    expect(readCondition(changed)).not.toBeNull();
    expect(sayLeaf(changed, speaker).map((part) => part.slot)).toContain(slot);
    expect(withoutSlot(changed, slot)).not.toBeNull();
  }
  expect(earlierDetailsOf({ did: "A" })).toEqual([]);
});

test("taking a place away leaves the rest; what a sentence cannot do without takes it along", () => {
  const whole = {
    did: "Order Completed",
    where: [{ property: "revenue", op: "gte", value: 5 }],
    channel: ["store", "app"],
    count: { op: "gte", value: 3 },
    within: "P30D",
  } as const;
  const bare = ["where.0.value", "channel", "count", "within"].reduce<Leaf>(
    (leaf, slot) => withoutSlot(leaf, slot) ?? leaf,
    whole,
  );
  expect(bare).toEqual({ did: "Order Completed" });
  expect(withoutSlot(bare, "did")).toBeNull();
  expect(withoutSlot({ sequence: [{ did: "A" }, { did: "B" }], within: "P7D" }, "within")).toBeNull();
  expect(
    withoutSlot({ sequence: [{ did: "A" }, { did: "B" }, { did: "C" }], within: "P7D" }, "sequence.1.did"),
  ).toEqual({
    sequence: [{ did: "A" }, { did: "C" }],
    within: "P7D",
  });
});

test("an event looked at in another way keeps its filter and its time", () => {
  const leaf: Leaf = { did: "Order Completed", channel: "store", within: "P30D" };
  const count = detailsOf(leaf).get("count")?.leaf ?? leaf;
  expect(textOf(sayLeaf(count, speaker))).toBe("placed an order in a store at least 2 times in the last 30 days");
  expect(detailsOf(count).get("once")?.leaf).toEqual(leaf);
  expect(detailsOf(leaf).get("last")?.leaf).toEqual({
    did: "Order Completed",
    channel: "store",
    last: { op: "within_last", value: "P30D" },
  });
});
