import { afterAll, beforeAll, expect, it, vi } from "vitest";

import { createLog } from "../../platform/log.ts";
import { createSegments } from "../index.ts";
import { readSegment } from "../read-segments.ts";
import { grammar } from "../testing/arbitraries.ts";
import { createHarness, type Harness, personId } from "../testing/harness.ts";

let h: Harness;
beforeAll(async () => {
  h = await createHarness();
});
afterAll(() => h.close());

it("SEG-5 a fill that cannot reach History says so, and another process finishes it where it stood", async () => {
  const ann = personId(1);
  await h.happen(ann, [
    { name: "Order Completed", channel: "web", properties: {}, at: h.world.clock.now().epochMilliseconds },
  ]);
  await h.ship();
  const cutOff = createSegments({
    ...h.world,
    grammar,
    log: createLog("test", "fatal"),
    history: {
      ...h.world.history,
      query: () => Promise.reject(new Error("connect ECONNREFUSED")),
    },
    loadProfiles: async () => h.profiles,
    sampleProfiles: async () => [],
    placesOf: async (_db, id) => ({ ids: [id], under: [], guests: [] }),
    unshippedOf: async () => [],
    onTheirWay: async () => new Set<string>(),
    watermark: async () => 1,
    openFile: () => Promise.reject(new Error("no files here")),
    hasFile: () => false,
    findProfiles: async (_db, references) => references.map(() => null),
    identifiersOf: async () => [],
    isShipped: async () => true,
  });
  await cutOff.start?.();
  const id = await cutOff.createSegment({ name: "Bought", definition: { did: "Order Completed" } });
  await vi.waitFor(
    async () =>
      expect(await readSegment(h.world.db, id)).toMatchObject({
        state: "backfilling",
        size: 0,
        problem: "connect ECONNREFUSED",
      }),
    10_000,
  );
  await cutOff.stop?.();
  await h.segments.drain();
  expect(await readSegment(h.world.db, id)).toMatchObject({ state: "live", size: 1, problem: null });
  expect(await h.members(id)).toEqual([ann]);
});
