import type { Room } from "../platform/room.ts";
import { identityRoutes } from "./routes.ts";
import type { RuleBook } from "./rule-book.ts";
import { rulesRoutes } from "./rules-routes.ts";
import type { SignInDeps } from "./shopper-sign-in.ts";
import type { NamesOf } from "./watch.ts";

export { extractIdentifiers, type Identifier, normaliseEmail, normalisePhone } from "./extract-identifiers.ts";
export { findByIdentifier, findProfile, findProfiles, readReference } from "./find-profile.ts";
export { keyOf } from "./held.ts";
export type { Joined } from "./outcome.ts";
export { isEventOf } from "./privacy/is-event-of.ts";
export { personalData as identityData } from "./privacy/personal-data.ts";
export { lockIdentifiersOf, rememberErased } from "./privacy/remember-erased.ts";
export { findSuppressedPerson, liftSuppression, readSuppressedPeople } from "./privacy/suppressed-people.ts";
export { profileForDevice } from "./profile-for-device.ts";
export { type ApartRow, allowTogether, loadApartFrom, loadOpen, loadSeparated } from "./queries/apart.pg.ts";
export { applyMerges, type MergeCause, type Moved, rememberMerges } from "./queries/apply-merges.pg.ts";
export { loadFamily, loadLodgings, lodgedAmong, type MergedRow } from "./queries/family.pg.ts";
export {
  type HeldRow,
  loadAliases,
  loadFates,
  loadIdentifiersOf,
  loadMergedFrom,
  loadMergedInto,
} from "./queries/load-identifiers.pg.ts";
export { type LogRow, listMergeLog, logAllowed } from "./queries/merge-log.pg.ts";
export { type HeldOfPerson, identifiersOf, livingId, mergedInto } from "./queries/parts-of-person.pg.ts";
export { type Places, placesOf, ROWS_OF_PERSON } from "./queries/places.pg.ts";
export { saveSeen } from "./queries/save-resolution.pg.ts";
export { holdIdentifiers, separateIdentity } from "./queries/separate-identity.pg.ts";
export { forgetCuts } from "./queries/suppressed.pg.ts";
export { type Lookup, lookUp, type Resolved, resolveBatch } from "./resolve-batch.ts";
export { sessionEmail } from "./routes.ts";
export { RuleBook } from "./rule-book.ts";
export { builtInRules, type Rules } from "./rules.ts";
export { readShopperToken, type ShopperSession } from "./shopper-sign-in.ts";

export interface IdentityDeps extends SignInDeps {
  readonly rules: RuleBook;
  readonly namesOf: NamesOf;
}

export function createIdentity(deps: IdentityDeps): Room {
  return {
    routes(app) {
      identityRoutes(app, deps);
      rulesRoutes(app, deps);
    },
  };
}
