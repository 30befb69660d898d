import type { Tx } from "../platform/db.ts";
import type { Room } from "../platform/room.ts";
import type { Batch } from "../profiles/index.ts";
import type { RuleDeps } from "./change-rules.ts";
import type { DecideDeps } from "./decide.ts";
import { type ForgetDeps, forgetOldDevices } from "./forget-devices.ts";
import { rememberViews } from "./remember-views.ts";
import { decisionRoutes } from "./routes.ts";

export { personalData as deviceData } from "./personal-data.ts";

export type DecisionsDeps = DecideDeps & RuleDeps & ForgetDeps;

export interface DecisionsRoom extends Room {
  /** Folds a pipeline batch into what each device is remembered to have looked at, in its transaction. */
  onBatch(tx: Tx, batch: Batch): Promise<void>;
}

export function createDecisions(deps: DecisionsDeps): DecisionsRoom {
  const loop = forgetOldDevices(deps);
  return {
    routes: (app) => decisionRoutes(app, deps),
    start: async () => loop.start(),
    stop: () => loop.stop(),
    onBatch: rememberViews,
  };
}
