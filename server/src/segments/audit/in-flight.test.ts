import { afterAll, beforeAll, expect, it } from "vitest";

import { sql } from "../../platform/db.ts";
import { createHarness, type Harness, personId } from "../testing/harness.ts";
import { startAudit } from "./change-audit.ts";
import { readAudit } from "./read-audits.ts";
import type { AuditView } from "./shapes.ts";

let h: Harness;
let segmentId = "";
const [ann, bob] = [personId(1), personId(2)];
beforeAll(async () => {
  h = await createHarness();
  segmentId = await h.segments.createSegment({ name: "Bought", definition: { did: "Bought", within: "P1D" } });
  await h.segments.drain();
});
afterAll(() => h.close());

async function audit(): Promise<AuditView> {
  const { id } = await startAudit({ ...h.world, loadProfiles: async () => h.profiles }, segmentId);
  await h.segments.audit();
  return await readAudit(h.world.db, id);
}

async function buy(who: string): Promise<void> {
  const at = h.world.clock.now().epochMilliseconds;
  await h.happen(who, [{ name: "Bought", channel: "web", properties: {}, at }]);
}

it("SEG-25 takes what History does not have yet for no difference, and says of how many it cannot tell", async () => {
  await buy(ann);
  expect(await h.members(segmentId)).toEqual([ann]);
  expect(await audit()).toMatchObject({ state: "done", differences: 0, unsettled: 1 });
  await h.ship();
  expect(await audit()).toMatchObject({ differences: 0, unsettled: 0 });
});

it("SEG-25 waits for what is on its way and arrives", async () => {
  await buy(bob);
  const auditing = audit();
  await h.ship();
  expect(await auditing).toMatchObject({ differences: 0, unsettled: 0 });
});

it("SEG-25 takes what the sweeper is about to do for no difference", async () => {
  h.sleepUntil(h.world.clock.now().epochMilliseconds + 86_400_000);
  expect(await h.members(segmentId)).toEqual([ann, bob]);
  expect(await audit()).toMatchObject({ differences: 0, unsettled: 2 });
  await sql`delete from segments.horizons`.execute(h.world.db);
  expect(await audit()).toMatchObject({ differences: 2, unsettled: 0 });
});
