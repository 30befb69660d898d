import type { Room } from "../platform/room.ts";
import { identityRoutes } from "./routes.ts";
import type { SignInDeps } from "./shopper-sign-in.ts";

export { normaliseEmail } from "./extract-identifiers.ts";
export { findByIdentifier, findProfile } from "./find-profile.ts";
export { profileForDevice } from "./profile-for-device.ts";
export { type HeldRow, loadAliases, loadIdentifiersOf, loadMergedFrom } from "./queries/load-identifiers.pg.ts";
export { type Lookup, lookUp, type Resolved, resolveBatch } from "./resolve-batch.ts";
export { sessionEmail } from "./routes.ts";
export { readShopperToken, type ShopperSession } from "./shopper-sign-in.ts";

export function createIdentity(deps: SignInDeps): Room {
  return { routes: (app) => identityRoutes(app, deps) };
}
