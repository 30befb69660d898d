import { afterAll, beforeAll, expect, test } from "vitest";

import { newEvent } from "../collect/index.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { readViolations } from "./queries/violations.pg.ts";
import { ViolationLog } from "./violation-log.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const unplanned = [{ path: "", rule: "unplanned", message: "has no plan" }];

test("PLN-6 names that clients invent fill neither the memory nor the table", async () => {
  const log = new ViolationLog(world);
  const event = (name: string) => newEvent(world.clock, { messageId: name, source: "s", name });
  for (let i = 0; i < 5_000; i++) log.note(event(`Invented ${i}`), unplanned, false);
  for (let i = 0; i < 3; i++) log.note(event("Invented 1"), unplanned, true);
  await log.close();
  const { rows } = await world.pool.query<{ n: number }>("select count(*)::int as n from plan.violations");
  expect(rows[0]?.n).toBe(500);
  await world.pool.query(
    `insert into plan.violations (day, name, path, rule, n, blocked, message, source, message_id, last_at)
     select '2026-03-02', 'Filler ' || i, '', 'unplanned', 1, 0, '', '', '', '2026-03-02' from generate_series(1, 5000) as i`,
  );
  const next = new ViolationLog(world);
  next.note(event("One too many"), unplanned, false);
  next.note(event("Invented 1"), unplanned, false);
  await next.close();
  expect(await readViolations(world.db, "One too many", "2026-03-01")).toEqual([]);
  expect(await readViolations(world.db, "Invented 1", "2026-03-01")).toMatchObject([{ n: 5, blocked: 3 }]);
});
