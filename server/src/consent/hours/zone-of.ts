import { isZone } from "../../platform/time-zone.ts";
import type { Profile } from "../../profiles/contracts.ts";

const SPELT = ["timezone", "time_zone", "timeZone"] as const;

/** A person's time zone: what they say, then where their device last was, then their store's, then the retailer's. */
export function zoneOf(
  profile: Pick<Profile, "traits" | "computed"> | undefined,
  zoneOfStore: (storeId: string) => string | null,
  retailer: string,
): string {
  for (const name of SPELT) {
    const told = profile?.traits[name];
    if (typeof told === "string" && isZone(told)) return told;
  }
  const last = profile?.computed.time_zone;
  if (last) return last;
  const store = profile?.computed.preferred_store;
  return (store ? zoneOfStore(store) : null) ?? retailer;
}
