import { findByIdentifier, findProfile, loadIdentifiersOf } from "../identity/index.ts";
import type { Holder } from "../lists/index.ts";
import type { Db } from "../platform/db.ts";
import { loadProfiles } from "../profiles/index.ts";
import type { Reason } from "./contracts.ts";
import { loadDevice } from "./queries/devices.pg.ts";

/** What may be used in an answer to whoever asks. */
export interface Visitor {
  readonly lastCategory: string | null;
  readonly viewed: readonly string[];
  /** The profile whose segments may decide; null when that would tell a device about a person it has not proven to be. */
  readonly profileId: string | null;
  readonly reasons: { readonly category: Reason; readonly viewed: Reason; readonly cart: Reason };
}

/** A proven person: one read of her profile. A device: what it did itself, and nothing of whom it claims to be. */
export function knowVisitor(db: Db, holder: Holder): Promise<Visitor> {
  return holder.kind === "person" ? knowPerson(db, holder.profileId) : knowDevice(db, holder.anonymousId);
}

async function knowPerson(db: Db, given: string): Promise<Visitor> {
  const profileId = (await findProfile(db, given)) ?? given;
  const computed = (await loadProfiles(db, [profileId])).get(profileId)?.computed;
  return {
    lastCategory: computed?.last_category ?? null,
    viewed: computed?.recently_viewed ?? [],
    profileId,
    reasons: { category: "last_category_of_person", viewed: "viewed_by_person", cart: "cart_of_person" },
  };
}

async function knowDevice(db: Db, anonymousId: string): Promise<Visitor> {
  const [device, profileId] = await Promise.all([loadDevice(db, anonymousId), profileOfDeviceAlone(db, anonymousId)]);
  return {
    lastCategory: device?.last_category ?? null,
    viewed: device?.viewed.map((view) => view.id) ?? [],
    profileId,
    reasons: { category: "last_category_of_device", viewed: "viewed_on_device", cart: "cart_of_device" },
  };
}

/** The device's profile while it is nothing but this device: then its segments rest on what the device did. */
async function profileOfDeviceAlone(db: Db, anonymousId: string): Promise<string | null> {
  const profileId = await findByIdentifier(db, "anonymous_id", anonymousId);
  if (profileId === null) return null;
  return (await loadIdentifiersOf(db, [profileId])).length === 1 ? profileId : null;
}
