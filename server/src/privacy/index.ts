import { createDueLoop } from "../platform/due-loop.ts";
import type { Room } from "../platform/room.ts";
import type { PrivacyDeps } from "./deps.ts";
import { nextDue } from "./queries/erasures.pg.ts";
import { nextRun } from "./queries/retention.pg.ts";
import { removeAged } from "./retention/remove-aged.ts";
import { privacyRoutes } from "./routes.ts";
import { workErasures } from "./work-erasures.ts";

export type { PrivacyDeps, Stores } from "./deps.ts";
export { sealedSubjects } from "./subject.ts";

export interface Privacy extends Room {
  /** Takes the erasures that are due a step further; the loop of the worker does the same. */
  workErasures(): Promise<void>;
}

export function createPrivacy(deps: PrivacyDeps): Privacy {
  let turn: Promise<unknown> = Promise.resolve();
  /** One caller at a time: whoever asks hears when what another has in its hands is done, too. */
  const takeTurn = (signal?: AbortSignal): Promise<void> => {
    const work = () => workErasures(deps, signal);
    const mine = turn.then(work, work);
    turn = mine;
    return mine;
  };
  const erasures = createDueLoop({
    clock: deps.clock,
    work: takeTurn,
    nextDue: () => nextDue(deps.db),
    onWake: (listener) => deps.bus.onWake("timers", listener),
    onError: (error) => deps.log.warn({ code: nameOf(error) }, "an erasure failed; trying again"),
  });
  const retention = createDueLoop({
    clock: deps.clock,
    work: (signal) => removeAged(deps, signal),
    nextDue: () => nextRun(deps.db, deps.clock.now().toString()),
    onWake: () => () => {},
    onError: (error) => deps.log.warn({ code: nameOf(error) }, "the day's removal of aged events failed; trying again"),
  });
  return {
    routes: (app) => privacyRoutes(app, deps),
    async start() {
      erasures.start();
      retention.start();
    },
    async stop() {
      await erasures.stop();
      await retention.stop();
    },
    workErasures: () => takeTurn(),
  };
}

/** Never the error itself: its text may hold what it failed on. */
function nameOf(error: unknown): string {
  if (error instanceof Error && "code" in error) return String(error.code);
  return error instanceof Error ? error.name : "unknown";
}
