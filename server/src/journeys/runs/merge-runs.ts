import { append } from "../../collect/index.ts";
import type { Tx } from "../../platform/db.ts";
import { followMerges } from "../../platform/follow-merges.ts";
import type { Merge } from "../../profiles/contracts.ts";
import type { JourneysDeps } from "../deps.ts";
import { exitedEvent } from "../events.ts";
import { endSurplus, moveRuns } from "../queries/merge-runs.pg.ts";

/**
 * Two people turn out to be one: their runs become one person's. Where both are on the same journey with the same
 * business key, the one who entered first goes on; the other run ends and takes its unsent messages back.
 */
export async function mergeRuns(
  tx: Tx,
  deps: Pick<JourneysDeps, "clock" | "messages">,
  merges: readonly Merge[],
): Promise<void> {
  const moves = followMerges(merges);
  if (moves.size === 0) return;
  const ended = await endSurplus(tx, moves, deps.clock.now().toString());
  if (ended.length > 0) {
    await deps.messages.cancel(
      tx,
      ended.map((run) => run.id),
      "journey_ended",
    );
    await append(
      tx,
      ended.map((run) => exitedEvent(deps.clock, { ...run, exitReason: "merged" }, run.journeyName)),
    );
  }
  await moveRuns(tx, moves);
}
