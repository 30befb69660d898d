import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";

import { en } from "../i18n/en.ts";
import { describeCondition, speakWith } from "./describe-condition.ts";
import type { Condition } from "./segment-tree.ts";

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({ lng: "en", resources: { en: { translation: en } }, interpolation: { escapeValue: false } }),
);

const say = (condition: Condition) => describeCondition(condition, speakWith(i18n.t), "en");

test("sentences read as a person would say them", () => {
  expect(say({ did: "Order Completed", count: { op: "gte", value: 3 }, within: "P30D", channel: "store" })).toBe(
    "did “Order Completed” (on store) at least 3 times in the last 30 days",
  );
  expect(say({ did: "Order Completed", count: { op: "eq", value: 0 }, within: "P30D" })).toBe(
    "did not do “Order Completed” in the last 30 days",
  );
  expect(say({ did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" })).toBe(
    "did “Product Added” and then no “Order Completed” for 1 hour",
  );
  expect(say({ did: "Order Completed", sum: { property: "revenue", op: "gte", value: 500 }, within: "P90D" })).toBe(
    "did “Order Completed” with revenue summing to at least 500 in the last 90 days",
  );
});

test("groups are joined by and, or and not, with brackets where they nest", () => {
  const izmir: Condition = { trait: "city", op: "is", value: "Izmir" };
  expect(say({ all: [izmir, { any: [{ did: "A" }, { did: "B" }] }] })).toBe("City is Izmir and (did “A” or did “B”)");
  expect(say({ not: izmir })).toBe("not (City is Izmir)");
});
