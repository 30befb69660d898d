import { anyOf, type Db, list, one, rows, sql, type Tx } from "../../../platform/db.ts";

export interface PhotoRow {
  readonly id: string;
  readonly product_id: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly variant_id: string | null;
}

/** The photos of some products, in their order. */
export function loadPhotos(db: Db, productIds: readonly string[]): Promise<PhotoRow[]> {
  return rows(
    db,
    sql<PhotoRow>`
      select id, product_id, alt, width, height, variant_id from catalog.photo
      where product_id ${anyOf("uuid", productIds)} order by position, id`,
  );
}

export interface NewPhoto {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string | null;
  readonly sha256: string;
  readonly alt: string;
  /** Among the product's photos; null: behind them. */
  readonly position: number | null;
  readonly width: number;
  readonly height: number;
  readonly files: readonly { readonly width: number; readonly content: Buffer }[];
  readonly at: string;
}

/** Puts a photo behind the others of its product; the same picture twice is the one that is there. */
export async function insertPhoto(tx: Tx, photo: NewPhoto): Promise<string> {
  const inserted = await one(
    tx,
    sql<{ id: string }>`
      insert into catalog.photo (id, product_id, variant_id, sha256, alt, width, height, position, created_at)
      values (${photo.id}, ${photo.productId}, ${photo.variantId}, ${photo.sha256}, ${photo.alt}, ${photo.width},
        ${photo.height},
        coalesce(${photo.position}::int4,
          (select coalesce(max(position) + 1, 0) from catalog.photo where product_id = ${photo.productId})), ${photo.at})
      on conflict (product_id, sha256) do nothing returning id`,
  );
  if (inserted) {
    for (const { width, content } of photo.files)
      await sql`insert into catalog.photo_file (photo_id, width, content) values (${photo.id}, ${width}, ${content})`.execute(
        tx,
      );
    return photo.id;
  }
  const there = await one(
    tx,
    sql<{ id: string }>`
      select id from catalog.photo where product_id = ${photo.productId} and sha256 = ${photo.sha256}`,
  );
  return there?.id ?? photo.id;
}

/** The product it was of; nothing when there is none. */
export async function deletePhoto(tx: Tx, id: string): Promise<string | undefined> {
  const found = await one(
    tx,
    sql<{ product_id: string }>`delete from catalog.photo where id = ${id} returning product_id`,
  );
  return found?.product_id;
}

/** Those of `ids` first, in that order. */
export async function orderPhotos(tx: Tx, productId: string, ids: readonly string[]): Promise<void> {
  await sql`
    update catalog.photo p set position = r.n
    from (select id, row_number() over (order by array_position(${list("uuid", ids)}, id), position, id) - 1 as n
          from catalog.photo where product_id = ${productId}) as r
    where p.id = r.id`.execute(tx);
}

/**
 * What lists show: of a product its first photo; of a variant its own first one, else one of another variant in its
 * colour, else none of its own.
 */
export async function choosePhotos(tx: Tx, productId: string, now: string): Promise<void> {
  await sql`
    update catalog.product set updated_at = ${now}, changed_in = pg_current_xact_id(), photo_id = (
      select id from catalog.photo where product_id = ${productId} order by position, id limit 1)
    where id = ${productId}`.execute(tx);
  await sql`
    update catalog.variant v set photo_id = (
      select f.id from catalog.photo f join catalog.variant of on of.id = f.variant_id
      where f.product_id = ${productId} and (of.id = v.id or of.color = v.color)
      order by of.id <> v.id, f.position, f.id limit 1)
    where v.product_id = ${productId}`.execute(tx);
}

/** Of a photo in one width. Leans on photo_file's key. */
export async function loadPhotoFile(db: Db, id: string, width: number): Promise<Buffer | undefined> {
  const found = await one(
    db,
    sql<{ content: Buffer }>`select content from catalog.photo_file where photo_id = ${id} and width = ${width}`,
  );
  return found?.content;
}
