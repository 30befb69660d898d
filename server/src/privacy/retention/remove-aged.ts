import { forgetCuts } from "../../identity/index.ts";
import { inTransaction } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { PrivacyDeps } from "../deps.ts";
import { agedMonths, deleteAged, dropMonth } from "../queries/aged-events.ch.ts";
import { addToRun, claimRun, endRun, loadRetention, noteProblem } from "../queries/retention.pg.ts";
import { cutsOf } from "./cuts.ts";

const LEASE = { minutes: 10 } as const;
/** Longer than anything of an erased person can be on its way. */
const CUTS_LAST_DAYS = 30;

/** The day's run: removes from History what is older than the setting says, month by month. */
export async function removeAged(deps: PrivacyDeps, signal?: AbortSignal): Promise<void> {
  const { db, clock, history, log } = deps;
  const now = clock.now();
  const run = await claimRun(db, { id: newId(clock), now: now.toString(), until: now.add(LEASE).toString() });
  if (!run) return;
  try {
    await inTransaction(db, (tx) => forgetCuts(tx, now.subtract({ hours: 24 * CUTS_LAST_DAYS }).toString()));
    const retention = await loadRetention(db);
    const cuts = retention ? cutsOf(retention, now, deps.rawDays) : null;
    for (const { month, aged, all } of cuts ? await agedMonths(history, cuts) : []) {
      if (signal?.aborted || !cuts) return;
      const isWhole = aged === all;
      await (isWhole ? dropMonth(history, month) : deleteAged(history, cuts, month));
      await addToRun(db, run.id, { events: aged, months: isWhole ? 1 : 0 });
    }
    await endRun(db, run.id, clock.now().toString());
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    log.warn({ code }, "aged events could not be removed; trying again");
    await noteProblem(db, run.id, "history");
  }
}
