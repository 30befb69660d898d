import fc from "fast-check";
import { expect, test } from "vitest";

import { type Awaited, awaitedAt, matchAnnounced } from "./match-announced.ts";

const awaitedOf = (id: string, isInTime: boolean, quantity: number, received = 0): Awaited => ({
  id,
  isInTime,
  lines: [{ position: 0, quantity, received }],
});
const came = (quantity: number) => new Map([[0, quantity]]);

test("ORD-25 the named one first, then those in time, then those that are not, the oldest of each first", () => {
  const awaited = [awaitedOf("late", false, 1), awaitedOf("old", true, 1), awaitedOf("new", true, 2)];
  const ids = (quantity: number, named?: string) =>
    matchAnnounced(awaited, came(quantity), named).received.map(({ announced_id: id, received }) => [id, received]);
  expect(ids(2)).toEqual([
    ["old", 1],
    ["new", 1],
  ]);
  expect(ids(2, "new")).toEqual([["new", 2]]);
  expect(ids(9)).toEqual([
    ["old", 1],
    ["new", 2],
    ["late", 1],
  ]);
  expect(matchAnnounced(awaited, came(9)).inTime.get(0)).toBe(3);
  expect(matchAnnounced(awaited, came(2), "late").inTime.get(0)).toBe(1);
});

const some = fc.array(
  fc.record({ isInTime: fc.boolean(), quantity: fc.integer({ min: 1, max: 5 }), received: fc.nat(5) }),
  { maxLength: 6 },
);

test("ORD-25 what was announced counts once, however it comes: in parts it is as much in time as all at once", () => {
  fc.assert(
    fc.property(some, fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 8 }), fc.nat(6), (given, parts, named) => {
      const first = given.map(({ isInTime, quantity, received }, i) =>
        awaitedOf(`${i}`, isInTime, quantity, Math.min(quantity, received)),
      );
      const whole = parts.reduce((sum, part) => sum + part, 0);
      let awaited = first;
      let inTime = 0;
      for (const part of parts) {
        const matched = matchAnnounced(awaited, came(part), `${named}`);
        inTime += matched.inTime.get(0) ?? 0;
        awaited = awaited.map((one) => {
          const now = matched.received.find(({ announced_id: id }) => id === one.id)?.received;
          return now === undefined ? one : awaitedOf(one.id, one.isInTime, one.lines[0]?.quantity ?? 0, now);
        });
      }
      const atOnce = matchAnnounced(first, came(whole), `${named}`);
      expect(inTime).toBe(atOnce.inTime.get(0) ?? 0);
      expect(inTime).toBeLessThanOrEqual(
        awaitedAt(
          first.filter((one) => one.isInTime),
          0,
        ),
      );
      expect(awaitedAt(awaited, 0)).toBe(Math.max(0, awaitedAt(first, 0) - whole));
    }),
  );
});
