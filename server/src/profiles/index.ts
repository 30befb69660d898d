import { setTimeout as rest } from "node:timers/promises";

import { createDueLoop } from "../platform/due-loop.ts";
import type { Room } from "../platform/room.ts";
import { findDuplicates } from "./duplicates/find-duplicates.ts";
import { duplicateRoutes } from "./duplicates/routes.ts";
import { type ProfileRouteDeps, profileRoutes } from "./routes.ts";

export type { Batch, Computed, Consent, ConsentEntry, FoldedEvent, Merge, Profile } from "./contracts.ts";
export { displayName } from "./display-name.ts";
export { isOurAct } from "./fold/fold-event.ts";
export { currencyOf, revenueOf } from "./fold/fold-orders.ts";
export { type AtHand, type Folded, foldBatch, takeProfiles } from "./fold-batch.ts";
export { imagineProfile } from "./imagine.ts";
export { loadProfiles, sampleProfiles } from "./load-profiles.ts";
export { personalData as profileData } from "./personal-data.ts";
export { peopleByDate } from "./queries/people-by-date.pg.ts";
export { Refold } from "./refold.ts";
export { requireProfile } from "./require-profile.ts";

/** Suggestions may take a tenth of the time: a hundred thousand people who have just come in must not slow the till. */
const RESTS = 9;

export function createProfiles(deps: ProfileRouteDeps): Room {
  const { db, clock, log } = deps;
  const duplicates = createDueLoop({
    clock,
    async work(signal) {
      while (!signal.aborted) {
        const began = performance.now();
        if ((await findDuplicates(db, clock)) === 0) return;
        await rest((performance.now() - began) * RESTS, undefined, { signal }).catch(() => {});
      }
    },
    // Nobody waits for a suggestion: it looks every few seconds and is woken by nothing.
    nextDue: async () => null,
    onWake: () => () => {},
    onError: (error) => log.warn({ err: error }, "duplicates could not be looked for; trying again"),
  });
  return {
    routes(app) {
      profileRoutes(app, deps);
      duplicateRoutes(app, deps);
    },
    start: async () => duplicates.start(),
    stop: () => duplicates.stop(),
  };
}
