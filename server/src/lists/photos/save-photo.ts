import { cleanPhoto } from "../../catalog/index.ts";
import { findProfile } from "../../identity/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { CartHand } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { openCart } from "../open-cart.ts";
import { loadCartsOf, loadDeviceCart } from "../queries/carts.pg.ts";
import type { ListDeps } from "../shopping/make-list.ts";
import { lookAtList, openList } from "../shopping/open-list.ts";
import type { Viewer } from "../shopping/viewer.ts";
import {
  dropUnused,
  insertPhoto,
  loadPhoto,
  loadPhotoIds,
  type PhotoPlace,
  type PhotoRow,
} from "./queries/photos.pg.ts";

const MOST_PHOTOS = 100;
/** An uploaded photo waits so long for the item that shows it. */
const UNUSED = { hours: 24 } as const;

interface Kept {
  readonly photo_id: string;
}

/** Keeps a cleaned photo with a list; an operation puts it beside an item. */
export function savePhoto(deps: ListDeps, viewer: Viewer, listId: string, bytes: unknown): Promise<Kept> {
  return keep(deps, bytes, async (tx) => {
    await openList(tx, deps, viewer, listId, "edit");
    return { listId };
  });
}

/** The same with a cart. */
export function saveCartPhoto(deps: ListDeps, hand: CartHand, bytes: unknown): Promise<Kept> {
  return keep(deps, bytes, async (tx) => ({ cartId: (await openCart(tx, deps, hand)).cart.id }));
}

async function keep(deps: ListDeps, bytes: unknown, open: (tx: Tx) => Promise<PhotoPlace>): Promise<Kept> {
  const clean = Buffer.isBuffer(bytes) ? await cleanPhoto(bytes) : null;
  const photo = clean?.files[0]?.content;
  if (photo === undefined) throw refuse("not_a_photo");
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    const place = await open(tx);
    await dropUnused(tx, place, now.subtract(UNUSED).toString());
    if ((await loadPhotoIds(tx, place)).size >= MOST_PHOTOS) throw refuse("too_many_photos");
    const id = newId(deps.clock);
    await insertPhoto(tx, place, { id, photo, at: now.toString() });
    return { photo_id: id };
  });
}

export async function readPhoto(
  db: Db,
  deps: ListDeps,
  viewer: Viewer,
  which: { readonly id: string; readonly photoId: string },
): Promise<PhotoRow> {
  await lookAtList(db, deps, viewer, which.id);
  const photo = await loadPhoto(db, { listId: which.id }, which.photoId);
  if (!photo) throw refuse("photo_not_found");
  return photo;
}

export async function readCartPhoto(db: Db, hand: CartHand, photoId: string): Promise<PhotoRow> {
  for (const cartId of await cartsOf(db, hand)) {
    const photo = await loadPhoto(db, { cartId }, photoId);
    if (photo) return photo;
  }
  throw refuse("photo_not_found");
}

/** The carts that this one may look into. */
async function cartsOf(db: Db, hand: CartHand): Promise<string[]> {
  if (hand.kind === "device") {
    const cart = await loadDeviceCart(db, hand.anonymousId);
    return cart ? [cart.id] : [];
  }
  const ref = hand.kind === "staff" ? hand.ref : hand.profileId;
  const carts = await loadCartsOf(db, (await findProfile(db, ref)) ?? "");
  return carts.flatMap(({ id, anonymous_id }) => (hand.kind === "staff" || anonymous_id === null ? [id] : []));
}
