import { inTransaction } from "../../platform/db.ts";
import type { JourneysDeps } from "../deps.ts";
import { exitedEvent } from "../events.ts";
import { bumpRevision } from "../queries/load-live.pg.ts";
import { claimShift, dropShift, endSome, moveSome } from "../queries/shifts.pg.ts";
import type { LiveJourneys } from "./live-journeys.ts";

const CHUNK = 2_000;

/** Takes the next part of those who stand on older versions where publishing has said; false when nobody is left. */
export async function shiftRuns(deps: JourneysDeps, live: LiveJourneys): Promise<boolean> {
  const worked = await inTransaction(deps.db, async (tx) => {
    const shift = await claimShift(tx);
    if (!shift) return false;
    const index = await live.read(tx);
    const journey = index.journeys.get(shift.journey_id);
    const now = deps.clock.now().toString();
    let done = 0;
    if (shift.inside === "exit") {
      const ended = await endSome(tx, shift, now, CHUNK);
      await deps.messages.cancel(
        tx,
        ended.map(({ id }) => id),
        "journey_ended",
      );
      await deps.tell(
        tx,
        ended.map((run) => exitedEvent(deps.clock, { ...run, exitReason: "version_ended" }, run.journeyName)),
      );
      done = ended.length;
    } else if (journey) {
      done = await moveSome(tx, shift, sameNodes(journey.graphs, shift.version), CHUNK);
    }
    if (done < CHUNK) {
      await dropShift(tx, shift.journey_id);
      // Nobody is on those versions any more: what they listened for is forgotten.
      await bumpRevision(tx);
    }
    return true;
  });
  if (worked) for (const topic of ["timers", "messages", "outbox", "inbox"] as const) deps.bus.wake(topic);
  return worked;
}

/** Nodes of the newest version at which somebody of an older one can stand: the same name, the same kind. */
function sameNodes(
  graphs: ReadonlyMap<number, { nodes: Record<string, { kind: string }> }>,
  version: number,
): string[] {
  const newest = graphs.get(version);
  if (!newest) return [];
  const older = [...graphs].filter(([number]) => number < version).map(([, graph]) => graph);
  return Object.entries(newest.nodes)
    .filter(([id, { kind }]) => older.every(({ nodes }) => nodes[id] === undefined || nodes[id]?.kind === kind))
    .map(([id]) => id);
}
