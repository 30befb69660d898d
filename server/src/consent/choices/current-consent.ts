import type { Db } from "../../platform/db.ts";
import type { Consent, ConsentEntry, Profile } from "../../profiles/contracts.ts";
import { newestChoices } from "../queries/choices.pg.ts";

/** What these people allow at this instant: what their profiles have folded, and choices that are still on their way. */
export async function currentConsent(
  db: Db,
  profiles: readonly Pick<Profile, "id" | "consent">[],
): Promise<Map<string, Consent>> {
  const all = new Map<string, Record<string, Record<string, ConsentEntry>>>();
  for (const { id, consent } of profiles) {
    all.set(id, Object.fromEntries(Object.entries(consent).map(([channel, purposes]) => [channel, { ...purposes }])));
  }
  if (all.size === 0) return all;
  for (const { profile_id, channel, purpose, state, at, source } of await newestChoices(db, [...all.keys()])) {
    const consent = all.get(profile_id);
    if (!consent) continue;
    const purposes = Object.hasOwn(consent, channel) ? (consent[channel] ?? {}) : {};
    consent[channel] = purposes;
    purposes[purpose] = newer(Object.hasOwn(purposes, purpose) ? purposes[purpose] : undefined, { state, at, source });
  }
  return all;
}

/** The newest explicit choice wins; of two of the same instant, the no. */
function newer(a: ConsentEntry | undefined, b: ConsentEntry): ConsentEntry {
  if (!a) return b;
  const [left, right] = [Date.parse(a.at), Date.parse(b.at)];
  if (left !== right) return left > right ? a : b;
  return a.state === "denied" ? a : b;
}
