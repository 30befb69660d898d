import type { KilimEvent } from "../../collect/index.ts";
import type { Person } from "../../platform/personal-data.ts";
import { extractIdentifiers } from "../extract-identifiers.ts";
import type { Rules } from "../rules.ts";

/** Whether an event that was never worked in is about a person. */
export function isEventOf(rules: Rules, event: KilimEvent, { profileIds, identifiers }: Person): boolean {
  if (event.profileId !== null && profileIds.includes(event.profileId)) return true;
  return extractIdentifiers(event, rules).some((carried) =>
    identifiers.some(({ type, value }) => type === carried.type && value === carried.value),
  );
}
