import { afterAll, beforeAll, expect, test } from "vitest";

import { isHeldOut } from "../experiments/index.ts";
import { saveHoldout } from "../experiments/queries/holdout.pg.ts";
import { newId } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { readHoldoutResults } from "./read-holdout.ts";

const SINCE = "2026-03-02T09:00:00.000Z";
const SHARE = 0.3;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let n = 0;
const event = (profile_id: string, name: string, timestamp: string, more: object = {}) => ({
  message_id: `h${++n}`,
  name,
  timestamp,
  received_at: timestamp,
  type: "track",
  channel: "web",
  source: "shop",
  profile_id,
  properties: "{}",
  batch: 1,
  ...more,
});
const buys = (id: string, at: string, revenue_minor: number) =>
  event(id, "Order Completed", at, { order_id: `o${n}`, revenue_minor, currency: "EUR" });
const results = () => readHoldoutResults({ ...world, namesOf: async () => new Map() });

test("INS-7 nobody held out: nothing to compare", async () => {
  expect(await results()).toMatchObject({ share: 0, arms: [], evaluation: null });
});

test("INS-7 History finds the same people held out, and counts what each group has bought since", async () => {
  await saveHoldout(world.db, { share: SHARE, since: SINCE, changed_by: "test" });
  world.clock.advance("P20D");
  const known = Array.from({ length: 600 }, () => newId(world.clock));
  const buyers = known.filter((_, index) => index % 4 === 0);
  const late = newId(world.clock);
  await world.history.insert("events", [
    ...known.map((id) => event(id, "Product Viewed", "2026-02-01T10:00:00.000Z")),
    // Before it began, and by somebody whom nobody knew then.
    buys(known[1] ?? "", "2026-02-02T10:00:00.000Z", 9_900),
    buys(late, "2026-03-10T10:00:00.000Z", 9_900),
    ...buyers.map((id) => buys(id, "2026-03-05T10:00:00.000Z", 1_000)),
    ...buyers.slice(0, 10).map((id) => buys(id, "2026-03-06T10:00:00.000Z", 500)),
  ]);
  const of = (isHeld: boolean, ids: readonly string[]) =>
    ids.filter((id) => isHeldOut("global", id, SHARE) === isHeld).length;
  const arm = (id: string, isHeld: boolean) => ({
    id,
    people: of(isHeld, known),
    buyers: of(isHeld, buyers),
    revenue: 1_000 * of(isHeld, buyers) + 500 * of(isHeld, buyers.slice(0, 10)),
  });
  const { arms, currency, evaluation, since } = await results();
  expect(arms).toEqual([arm("held_out", true), arm("marketing", false)]);
  expect({ currency, since }).toEqual({ currency: "EUR", since: SINCE });
  expect(evaluation).toMatchObject({ control: "held_out", verdict: "open", winner: null });
  expect(evaluation?.sample_ratio.p).toBeGreaterThan(0.001);
});
