import { afterAll, beforeAll, expect, it } from "vitest";

import { newEvent } from "../collect/index.ts";
import { inTransaction, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { builtInRules, lookUp } from "./index.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

it("a batch that names its people by our own ids alone is waited for by a separation, too", async () => {
  const { db, secrets, clock } = world;
  const told = { messageId: "m", source: "orders", name: "Order Completed", profileId: newId(clock) };
  await inTransaction(db, async (tx) => {
    await lookUp(tx, { rules: builtInRules, secrets, clock }, [newEvent(clock, told)]);
    const separation = inTransaction(db, (other) =>
      sql`lock table identity.identifiers in access exclusive mode nowait`.execute(other),
    );
    await expect(separation).rejects.toMatchObject({ code: "55P03" });
  });
});
