import { findProfile, loadIdentifiersOf, profileForDevice } from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { CartHand } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { pourCart } from "./pour-cart.ts";
import { type CartRow, insertCart, lockCarts, setOwner } from "./queries/carts.pg.ts";

export interface OpenDeps {
  readonly clock: Clock;
  readonly secrets: Secrets;
}

export interface OpenCart {
  readonly cart: CartRow;
  /** The profile the cart belongs to now. */
  readonly profileId: string;
  /** What a sign-in on this device has just laid into the person's cart. */
  readonly poured: boolean;
}

/**
 * The hand's cart, locked, made if need be. The device's identifier is locked first, which holds a merge of its
 * profile back until we are done. A person who comes with a device that is hers takes over what it put in before.
 */
export async function openCart(tx: Tx, deps: OpenDeps, hand: CartHand): Promise<OpenCart> {
  const { clock } = deps;
  if (hand.kind === "staff") {
    const profileId = await requirePerson(tx, hand.ref);
    return { cart: await openOne(tx, clock, profileId, null), profileId, poured: false };
  }
  const ofDevice = await profileForDevice(tx, deps, hand.anonymousId);
  if (ofDevice === null) throw refuse("device_unknown", "That is not an anonymous id of a device.");
  if (hand.kind === "device") {
    const cart = await openOne(tx, clock, ofDevice, hand.anonymousId);
    if (cart.profile_id !== ofDevice) await setOwner(tx, cart.id, ofDevice);
    return { cart, profileId: ofDevice, poured: false };
  }
  const profileId = (await findProfile(tx, hand.profileId)) ?? hand.profileId;
  const cart = await openOne(tx, clock, profileId, null);
  // On a device that belongs to somebody else nothing is taken over: her list stays hers.
  const poured = ofDevice === profileId && (await pourCart(tx, clock, hand.anonymousId, cart));
  return { cart, profileId, poured };
}

/** The profile that a member of staff means; somebody must be known under it. */
export async function requirePerson(tx: Tx, ref: string): Promise<string> {
  const profileId = await findProfile(tx, ref);
  if (profileId === null || (await loadIdentifiersOf(tx, [profileId])).length === 0) throw refuse("profile_not_found");
  return profileId;
}

async function openOne(tx: Tx, clock: Clock, profileId: string, anonymousId: string | null): Promise<CartRow> {
  const find = async () =>
    (await lockCarts(tx, [profileId], anonymousId)).find(
      (cart) => cart.anonymous_id === anonymousId && (anonymousId !== null || cart.profile_id === profileId),
    );
  const found = await find();
  if (found) return found;
  const at = clock.now().toString();
  await insertCart(tx, { id: newId(clock), profile_id: profileId, anonymous_id: anonymousId, updated_at: at });
  const made = await find();
  if (!made) throw new TypeError("a cart vanished while it was opened");
  return made;
}
