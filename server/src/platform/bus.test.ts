import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { type Change, PgBus } from "./bus.ts";
import { createWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test("a change made on one node is heard on another, once, with all its parts", async () => {
  const node = world.connect();
  const other = await PgBus.open(node.pool);
  const heard = new Promise<readonly Change[]>((resolve) => other.onChange(resolve));
  world.bus.changed("profile", "p1", ["cart"]);
  world.bus.changed("profile", "p1", ["segments"]);
  expect(await heard).toEqual([{ topic: "profile", id: "p1", what: ["cart", "segments"] }]);
  await other.close();
  await node.close();
});

test("ten thousand changes, more than one NOTIFY can carry, all arrive", async () => {
  const node = world.connect();
  const other = await PgBus.open(node.pool);
  const ids = new Set<string>();
  const all = new Promise<void>((resolve) =>
    other.onChange((changes) => {
      for (const change of changes) ids.add(change.id);
      if (ids.size === 10_000) resolve();
    }),
  );
  const notifies = vi.spyOn(world.pool, "query");
  for (let i = 0; i < 10_000; i++)
    world.bus.changed("profile", `0192f0c4-0000-7000-8000-${String(i).padStart(12, "0")}`, ["cart"]);
  await all;
  expect(ids.size).toBe(10_000);
  // Each is a commit that all of the database waits for.
  expect(notifies.mock.calls.length).toBeLessThanOrEqual(3);
  await other.close();
  await node.close();
});
