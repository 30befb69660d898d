import { createHash } from "node:crypto";

import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { Photo } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { lockProduct, lockVariant } from "../products/queries/change-products.pg.ts";
import { cleanPhoto } from "./clean-photo.ts";
import { choosePhotos, deletePhoto, insertPhoto, loadPhotos, orderPhotos } from "./queries/photos.pg.ts";
import { asPhoto } from "./show-photo.ts";

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
}

export interface PhotoInput {
  readonly productId: string;
  readonly variantId: string | null;
  readonly alt: string;
  readonly bytes: Buffer;
  /** Among the product's photos; behind them when not given. */
  readonly position?: number;
}

/** Cleans a photo and puts it behind the others; refuses what is none. */
export async function savePhoto(
  { db, clock }: Deps,
  { productId, variantId, alt, bytes, position }: PhotoInput,
): Promise<Photo[]> {
  const clean = await cleanPhoto(bytes);
  if (!clean) throw refuse("bad_photo");
  const sha256 = hashOf(bytes);
  const at = clock.now().toString();
  await inTransaction(db, async (tx) => {
    if (!(await lockProduct(tx, productId))) throw refuse("product_not_found");
    if (variantId !== null && (await lockVariant(tx, variantId))?.product_id !== productId)
      throw refuse("variant_not_found");
    await insertPhoto(tx, {
      id: newId(clock),
      productId,
      variantId,
      sha256,
      alt,
      at,
      position: position ?? null,
      ...clean,
    });
    await choosePhotos(tx, productId, at);
  });
  return showPhotos(db, productId);
}

export async function removePhoto({ db, clock }: Deps, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const productId = await deletePhoto(tx, id);
    if (productId === undefined) throw refuse("photo_not_found");
    await choosePhotos(tx, productId, clock.now().toString());
  });
}

export async function arrangePhotos({ db, clock }: Deps, productId: string, ids: readonly string[]): Promise<Photo[]> {
  await inTransaction(db, async (tx) => {
    if (!(await lockProduct(tx, productId))) throw refuse("product_not_found");
    await orderPhotos(tx, productId, ids);
    await choosePhotos(tx, productId, clock.now().toString());
  });
  return showPhotos(db, productId);
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function showPhotos(db: Db, productId: string): Promise<Photo[]> {
  return (await loadPhotos(db, [productId])).map(asPhoto);
}
