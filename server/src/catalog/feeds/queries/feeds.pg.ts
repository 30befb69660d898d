import { type Db, list, one, rows, sql } from "../../../platform/db.ts";
import type { FeedBody } from "../../contracts.ts";

export interface FeedRow {
  readonly id: string;
  readonly name: string;
  readonly kind: FeedBody["kind"];
  readonly options: Pick<FeedBody, "language" | "currency" | "region">;
  readonly token_sealed: string;
  readonly created_at: string;
  readonly fetched_at: string | null;
}

export async function insertFeed(
  db: Db,
  feed: { id: string; name: string; kind: string; options: object; hash: string; sealed: string; at: string },
): Promise<void> {
  await sql`
    insert into catalog.feed (id, name, kind, options, token_hash, token_sealed, created_at)
    values (${feed.id}, ${feed.name}, ${feed.kind}, ${JSON.stringify(feed.options)}::jsonb, ${feed.hash},
      ${feed.sealed}, ${feed.at})`.execute(db);
}

export function listFeeds(db: Db): Promise<FeedRow[]> {
  return rows(
    db,
    sql<FeedRow>`
      select id, name, kind, options, token_sealed, created_at, fetched_at from catalog.feed
      where revoked_at is null order by id limit 500`,
  );
}

/** The feed with this token, and the note that somebody has read it. */
export function openFeed(db: Db, hash: string, now: string): Promise<FeedRow | undefined> {
  return one(
    db,
    sql<FeedRow>`
      update catalog.feed set fetched_at = ${now} where token_hash = ${hash} and revoked_at is null
      returning id, name, kind, options, token_sealed, created_at, fetched_at`,
  );
}

export async function revokeFeed(db: Db, id: string, now: string): Promise<boolean> {
  const found = await one(
    db,
    sql`update catalog.feed set revoked_at = ${now} where id = ${id} and revoked_at is null returning 1`,
  );
  return found !== undefined;
}

/** Products behind this one, in the order of their ids. */
export async function nextProducts(db: Db, after: string | null, limit: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      select id from catalog.product where archived_at is null and (${after}::uuid is null or id > ${after}::uuid)
      order by id limit ${limit}`,
  );
  return found.map(({ id }) => id);
}

/** All photos of some products. Leans on photo (product_id, position). */
export function loadPhotoIds(
  db: Db,
  productIds: readonly string[],
): Promise<{ product_id: string; id: string; variant_id: string | null }[]> {
  return rows(
    db,
    sql<{ product_id: string; id: string; variant_id: string | null }>`
      select product_id, id, variant_id from catalog.photo where product_id = any(${list("uuid", productIds)})
      order by product_id, position, id`,
  );
}
