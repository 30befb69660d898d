import { afterAll, beforeAll, expect, it } from "vitest";

import { inTransaction, rows, sql } from "../../platform/db.ts";
import { personalData } from "../personal-data.ts";
import { RegistryCache } from "../registry.ts";
import { createHarness, type Harness, personId } from "../testing/harness.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { type FillDeps, stepFill } from "./step-fill.ts";

let h: Harness;
beforeAll(async () => {
  h = await createHarness();
});
afterAll(() => h.close());

it("SEG-5 nothing comes back of somebody who is erased between the reading of a chunk and its writing", async () => {
  const [ann, bob] = [personId(1), personId(2)];
  const bought = { name: "Bought", channel: "web", properties: {}, at: h.world.clock.now().epochMilliseconds } as const;
  for (const who of [ann, bob]) await h.happen(who, [bought]);
  await h.ship();
  const id = await h.segments.createSegment({ name: "Bought", definition: { did: "Bought" } });
  const deps: FillDeps = {
    ...h.world,
    registry: new RegistryCache(),
    grammar: { kinds: [], timeZone: "UTC" },
    loadProfiles: async () => h.profiles,
    watermark: async () => 2,
    isShipped: async () => true,
  };
  const chunks = new ChunkReader(deps);
  expect(await stepFill(deps, chunks)).toBe("worked");
  expect(await stepFill(deps, chunks)).toBe("worked");
  const read = await chunks.take();
  expect(read?.parts.flatMap(({ filled }) => filled.map((row) => row.profile_id)).sort()).toEqual([ann, bob]);
  chunks.take = async () => read;
  await inTransaction(h.world.db, (tx) =>
    personalData.erase(tx, { profileIds: [ann], identifiers: [], under: [], guests: [] }),
  );
  expect(await stepFill(deps, chunks)).toBe("worked");
  const held = await rows(h.world.db, sql<{ profile_id: string }>`select profile_id from segments.states`);
  expect(held.map((row) => row.profile_id)).toEqual([bob]);
  await h.segments.drain();
  expect(await h.members(id)).toEqual([bob]);
});
