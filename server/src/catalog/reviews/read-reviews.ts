import type { z } from "zod";

import type { Db } from "../../platform/db.ts";
import { cursorId, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { ownReview, PublicReview, publicReviews, Review, reviewQuery } from "../contracts.ts";
import { loadProducts } from "../products/queries/load-products.pg.ts";
import { countRatings, listByState, listOf, listPublished, type ReviewRow } from "./queries/reviews.pg.ts";

/** What everybody may read of a product: the newest first, with how many gave how much. */
export async function readPublished(
  db: Db,
  productId: string,
  query: PageQuery,
): Promise<z.infer<typeof publicReviews>> {
  const [found, ratings] = await Promise.all([
    listPublished(db, productId, cursorId(query.after), query.limit + 1),
    countRatings(db, productId),
  ]);
  const page = toPage(found, query.limit, (row) => [row.id]);
  const count = ratings.reduce((sum, n) => sum + n, 0);
  const stars = ratings.reduce((sum, n, i) => sum + n * (i + 1), 0);
  const average = count === 0 ? null : Math.round((stars / count) * 10) / 10;
  return { items: page.items.map(asPublic), next: page.next, average, count, ratings };
}

export async function readOwn(db: Db, profileId: string): Promise<{ items: z.infer<typeof ownReview>[]; next: null }> {
  return { items: (await listOf(db, profileId)).map((row) => ({ ...asPublic(row), state: row.state })), next: null };
}

export async function readByState(db: Db, query: z.infer<typeof reviewQuery>): Promise<Page<Review>> {
  const found = await listByState(db, query.state, cursorId(query.after), query.limit + 1);
  return toPage(found, query.limit, (row) => [row.id]);
}

export async function asReview(db: Db, row: ReviewRow): Promise<Review> {
  const [product] = await loadProducts(db, [row.product_id]);
  return { ...row, product_title: product?.title ?? "" };
}

export function asPublic(row: ReviewRow): PublicReview {
  const { id, product_id, rating, title, body, author, language, is_verified, created_at } = row;
  return { id, product_id, rating, title, body, author, language, is_verified, created_at };
}
