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

/** The share of people who get no marketing, and since when it is that. */
export async function readHoldout(db: Db): Promise<{ readonly share: number; readonly since: string | null }> {
  return (await loadHoldout(db)) ?? { share: 0, since: null };
}

/** Tells who is held out of all marketing as it is set now. */
export async function readGlobalHoldout(db: Db): Promise<(profileId: string) => boolean> {
  const { share } = await readHoldout(db);
  return (profileId) => share > 0 && isHeldOut("global", profileId, share);
}
