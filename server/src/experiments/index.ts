import type { Db } from "../platform/db.ts";
import type { Room } from "../platform/room.ts";
import { isHeldOut } from "./assign.ts";
import { loadHoldout } from "./queries/holdout.pg.ts";
import { type ExperimentsDeps, experimentRoutes } from "./routes.ts";

export { assign, chanceOf, isHeldOut, type Share } from "./assign.ts";
export { evaluate, type Standing, standingOf } from "./evaluate.ts";
export { type Posterior, probabilityBest } from "./stats/bayes.ts";
export { betaQuantile, normalQuantile } from "./stats/special.ts";

export function createExperiments(deps: ExperimentsDeps): Room {
  return { routes: (app) => experimentRoutes(app, deps) };
}

/** Tells who is held out of all marketing as it is set now. */
export async function readGlobalHoldout(db: Db): Promise<(profileId: string) => boolean> {
  const share = (await loadHoldout(db))?.share ?? 0;
  return (profileId) => share > 0 && isHeldOut("global", profileId, share);
}
