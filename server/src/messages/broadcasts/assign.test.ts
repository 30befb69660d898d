import fc from "fast-check";
import { expect, test } from "vitest";

import { assign } from "./assign.ts";
import { WAVES } from "./broadcast.ts";

const template_id = "018f0000-0000-7000-8000-000000000000";
const variants = [
  { key: "A", template_id, share: 1 },
  { key: "B", template_id, share: 1 },
  { key: "C", template_id, share: 2 },
];
const people = Array.from({ length: 20_000 }, (_, i) => `person-${i}`);
const id = "018f0000-0000-7000-8000-00000000000b";

test("BRO-4 the same person gets the same, and shares are what they say", () => {
  const winner_rule = { test_share: 0.2, measure: "clicked" as const, after: "PT4H" };
  const broadcast = { id, variants, holdout: 0.1, winner_rule };
  const got = people.map((person) => assign(broadcast, person));
  expect(people.map((person) => assign(broadcast, person))).toEqual(got);
  const share = (test: (one: (typeof got)[number]) => boolean) => got.filter(test).length / got.length;
  expect(share(({ wave }) => wave === WAVES.heldOut)).toBeCloseTo(0.1, 1);
  expect(share(({ wave }) => wave === WAVES.first)).toBeCloseTo(0.18, 1);
  expect(share(({ wave }) => wave === WAVES.rest)).toBeCloseTo(0.72, 1);
  const tested = got.filter(({ wave }) => wave === WAVES.first);
  expect(tested.filter(({ variant }) => variant === "C").length / tested.length).toBeCloseTo(0.5, 1);
});

test("BRO-4 another broadcast shuffles anew: who is held out is not always the same", () => {
  const of = (broadcastId: string) =>
    people.map((person) => assign({ id: broadcastId, variants, holdout: 0.5, winner_rule: null }, person).wave);
  const [a, b] = [of("a"), of("b")];
  expect(a.filter((wave, i) => wave === b[i]).length / a.length).toBeCloseTo(0.5, 1);
});

test("BRO-4 everybody has exactly one place, whatever the shares", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { minLength: 1, maxLength: 8 }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.string(),
      (shares, holdout, person) => {
        const given = shares.map((share, i) => ({ key: `v${i}`, template_id, share }));
        const { wave, variant } = assign({ id, variants: given, holdout, winner_rule: null }, person);
        expect(wave === WAVES.heldOut ? variant === null : given.some(({ key }) => key === variant)).toBe(true);
      },
    ),
  );
});
