import type { Bus } from "../../platform/bus.ts";
import { createDueLoop, type DueLoop } from "../../platform/due-loop.ts";
import type { Log } from "../../platform/log.ts";
import { waitingPeople } from "../queries/waiting.pg.ts";
import { decideWaiting, type WaitingDeps } from "./decide-waiting.ts";

/** How soon somebody who waits for History is looked at. */
const LOOK = { milliseconds: 500 } as const;
const PEOPLE_PER_ROUND = 100;

/** Decides the few people whose entries are more than State keeps, beside the pipeline, which does not wait for History. */
export function createWaitingLoop(deps: WaitingDeps & { readonly bus: Bus; readonly log: Log }): DueLoop {
  return createDueLoop({
    clock: deps.clock,
    work: (signal) => decideAllWaiting(deps, signal),
    nextDue: async () => deps.clock.now().add(LOOK).toString(),
    onWake: () => () => {},
    onError: (error) => deps.log.warn({ err: error }, "people could not be decided by History; trying again"),
  });
}

/** One round; whoever cannot be decided just now stands in the next. */
export async function decideAllWaiting(deps: WaitingDeps & { readonly bus: Bus }, signal?: AbortSignal): Promise<void> {
  for (const profileId of await waitingPeople(deps.db, PEOPLE_PER_ROUND)) {
    if (signal?.aborted) return;
    const changes = await decideWaiting(deps, profileId);
    if (changes.length === 0) continue;
    deps.bus.changed("profile", profileId, ["segments"]);
    deps.bus.wake("timers");
  }
}
