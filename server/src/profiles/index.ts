import type { Room } from "../platform/room.ts";
import { type ProfileRouteDeps, profileRoutes } from "./routes.ts";

export type { Batch, Computed, Consent, ConsentEntry, FoldedEvent, Merge, Profile } from "./contracts.ts";
export { displayName } from "./display-name.ts";
export { isOurAct } from "./fold/fold-event.ts";
export { currencyOf, revenueOf } from "./fold/fold-orders.ts";
export { type Folded, foldBatch, type Locked, lockProfiles } from "./fold-batch.ts";
export { loadProfiles } from "./load-profiles.ts";
export { personalData as profileData } from "./personal-data.ts";
export { requireProfile } from "./require-profile.ts";

export function createProfiles(deps: ProfileRouteDeps): Room {
  return { routes: (app) => profileRoutes(app, deps) };
}
