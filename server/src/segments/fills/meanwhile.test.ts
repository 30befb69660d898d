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

const [ann, bob, cem] = [personId(1), personId(2), personId(3)];

/** What a fill of this event has read of everybody, before any of it is written; `write` writes it. */
async function readOf(event: string) {
  const done = { name: event, channel: "web", properties: {}, at: h.world.clock.now().epochMilliseconds } as const;
  for (const who of [ann, bob, cem]) await h.happen(who, [done]);
  await h.ship();
  const definition = { did: event, count: { op: "eq", value: 1 } };
  const id = await h.segments.createSegment({ name: event, definition });
  const deps: FillDeps = {
    ...h.world,
    registry: new RegistryCache(),
    grammar: { kinds: [], timeZone: "UTC" },
    loadProfiles: async () => h.profiles,
    watermark: async () => 100,
    isShipped: async () => true,
  };
  const chunks = new ChunkReader(deps, { chunk: 10, slice: 10 });
  expect(await stepFill(deps, chunks)).toMatchObject({ droppedPredicates: [] });
  expect(await stepFill(deps, chunks)).toBe("worked");
  const slice = await chunks.take();
  expect(slice?.read.map(({ row }) => row.person_id).sort()).toEqual([ann, bob, cem]);
  chunks.take = async () => slice;
  return { id, write: async () => expect(await stepFill(deps, chunks)).toBe("worked") };
}

it("SEG-5 whoever is merged between the reading of people and their writing counts for whom they became", async () => {
  const { id, write } = await readOf("Called");
  await h.merge(bob, ann);
  await write();
  await h.segments.drain();
  expect(await h.members(id)).toEqual([cem]);
});

it("SEG-5 nothing comes back of somebody who is erased between the reading of people and their writing", async () => {
  const { id, write } = await readOf("Bought");
  await inTransaction(h.world.db, (tx) =>
    personalData.erase(tx, { profileIds: [ann], identifiers: [], under: [], guests: [] }),
  );
  await write();
  const held = await rows(h.world.db, sql<{ profile_id: string }>`select distinct profile_id from segments.states`);
  expect(held.map((row) => row.profile_id)).not.toContain(ann);
  await h.segments.drain();
  expect(await h.members(id)).toEqual([bob, cem]);
});
