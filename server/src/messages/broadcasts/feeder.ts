import { createDueLoop, type DueLoop } from "../../platform/due-loop.ts";
import { nextStep } from "./queries/broadcast-rows.pg.ts";
import { type StepDeps, stepDue } from "./step.ts";

/** Takes broadcasts further as their steps come due; several nodes share them, one at a time per broadcast. */
export function createFeeder(deps: StepDeps): DueLoop {
  return createDueLoop({
    clock: deps.clock,
    work: (signal) => feedDue(deps, signal),
    nextDue: () => nextStep(deps.db),
    onWake: (listener) => deps.bus.onWake("broadcasts", listener),
    onError: (error) => deps.log.warn({ err: error }, "broadcasts cannot be taken further just now; trying again"),
  });
}

/** Works every step that is due; each broadcast in turn, so that a large one does not keep the others waiting. */
export async function feedDue(deps: StepDeps, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const stepped: string[] = [];
    for (;;) {
      if (signal?.aborted) return;
      const id = await stepDue(deps, stepped);
      if (id === null) break;
      stepped.push(id);
    }
    if (stepped.length === 0) return;
  }
}
