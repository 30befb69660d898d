import { afterAll, beforeAll, expect, it } from "vitest";

import type { Condition } from "../contracts.ts";
import { createHarness, type Harness, personId } from "../testing/harness.ts";
import { countByPerson, countEverybody } from "./count-by-person.ts";
import type { Counting } from "./counting.ts";

const PEOPLE = 120;
let h: Harness;
let counting: Counting;

/** Of 120 people every second lives in Izmir and every third has bought. */
beforeAll(async () => {
  h = await createHarness();
  for (let n = 0; n < PEOPLE; n++) {
    await h.setTraits(personId(n), { city: n % 2 === 0 ? "Izmir" : "Ankara" });
    if (n % 3 === 0)
      await h.happen(personId(n), [
        { name: "Bought", channel: "web", properties: {}, at: h.world.clock.now().epochMilliseconds },
      ]);
  }
  await h.ship();
  const loadProfiles = async (_db: unknown, ids: readonly string[]) =>
    new Map(
      ids.flatMap((id) => [[id, h.profiles.get(id)] as const]).filter((entry) => entry[1] !== undefined),
    ) as never;
  counting = { ...h.world, loadProfiles, now: h.world.clock.now().epochMilliseconds };
});
afterAll(() => h.close());

const izmir: Condition = { trait: "city", op: "is", value: "Izmir" };
const bought: Condition = { did: "Bought" };

it.each<[Condition, number]>([
  [izmir, 60],
  [{ all: [bought, izmir] }, 20],
  [{ all: [{ not: bought }, izmir] }, 40],
  [{ any: [bought, izmir] }, 80],
])("SEG-24 a size that could be counted in time is exact: %j", async (definition, size) => {
  expect(await countByPerson(counting, definition)).toMatchObject({ size, isExact: true });
  expect(await countEverybody(counting, definition, 3)).toMatchObject({ size, isExact: true });
});

it("SEG-24 of more people than can be looked at a sample is, and the answer says so", async () => {
  const { size, ids, isExact } = await countByPerson(counting, izmir, 60);
  expect(isExact).toBe(false);
  // 60 of 120: half of those drawn live in Izmir, give or take.
  expect(size).toBeGreaterThan(25);
  expect(size).toBeLessThan(95);
  expect(ids.every((id) => h.profiles.get(id)?.traits.city === "Izmir")).toBe(true);
});

it("SEG-24 only who may belong by what they did is looked at: of few the size is exact, however many there are", async () => {
  expect(await countByPerson(counting, { all: [bought, izmir] }, 40)).toMatchObject({ size: 20, isExact: true });
  expect((await countByPerson(counting, { all: [bought, izmir] }, 39)).isExact).toBe(false);
});

it("SEG-24 nobody waits: the count ends", async () => {
  const signal = AbortSignal.abort();
  await expect(countByPerson({ ...counting, signal }, izmir)).rejects.toThrow(/abort/i);
});
