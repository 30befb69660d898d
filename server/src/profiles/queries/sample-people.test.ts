import { afterAll, beforeAll, expect, it } from "vitest";

import { sql } from "../../platform/db.ts";
import { createWorld, type World } from "../../platform/testing/world.ts";
import { sampleProfiles } from "../load-profiles.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await sql`
    insert into profiles.profiles (id, data)
    select gen_random_uuid(), case when n % 2 = 0 then '{"traits":{"city":"c' || n % 7 || '"}}' else '{"traits":{},"consent":{}}' end
    from generate_series(1, 5000) n`.execute(world.db);
});
afterAll(() => world.close());

it("of few people all who have traits are looked at, of many a part", async () => {
  expect(await sampleProfiles(world.db, 10_000)).toHaveLength(2_500);
  await sql`analyze profiles.profiles`.execute(world.db);
  const some = await sampleProfiles(world.db, 1_000);
  expect(some.length).toBeGreaterThan(100);
  expect(some.length).toBeLessThanOrEqual(1_000);
  expect(new Set(some.map(({ traits }) => traits.city)).size).toBe(7);
});
