import { setTimeout as pause } from "node:timers/promises";

import type { Bus } from "../../platform/bus.ts";
import { inTransaction } from "../../platform/db.ts";
import { askHistory } from "../ask-history.ts";
import type { FillDeps } from "../fills/step-fill.ts";
import { holdDefinitions } from "../queries/lock-definitions.pg.ts";
import { refreshMeanings } from "../refresh-meanings.ts";
import { findBoundaries } from "./queries/boundaries.ch.ts";
import { insertVersion } from "./queries/versions.pg.ts";

export interface RecomputeDeps
  extends Pick<FillDeps, "db" | "history" | "clock" | "grammar" | "watermark" | "isShipped"> {
  readonly bus: Bus;
}

/** What has just come in counts too, unless History is further behind than this. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 50;

/**
 * Finds the boundaries of this moment. Every segment that asks for a score is filled with them beside its old rule, and
 * all switch at one instant. With too few customers what was in force stays so.
 */
export async function recompute(deps: RecomputeDeps): Promise<void> {
  await untilCaughtUp(deps);
  const now = deps.clock.now();
  const { people, boundaries } = await askHistory(() => findBoundaries(deps.history, now.epochMilliseconds));
  if (boundaries === null) return;
  const filling = await inTransaction(deps.db, async (tx) => {
    // No fill may begin between the two: it would write only some of the segments out anew.
    await holdDefinitions(tx);
    await insertVersion(tx, { computed_at: now.toString(), people, boundaries });
    return await refreshMeanings(tx, deps);
  });
  deps.bus.changed("rfm", "boundaries", ["version"]);
  for (const id of filling) deps.bus.changed("segment", id, ["state"]);
}

async function untilCaughtUp({ db, watermark, isShipped }: RecomputeDeps): Promise<void> {
  const mark = await inTransaction(db, watermark);
  for (let waited = 0; waited < PATIENCE_MS && !(await isShipped(db, mark)); waited += LOOK_EVERY_MS)
    await pause(LOOK_EVERY_MS);
}
