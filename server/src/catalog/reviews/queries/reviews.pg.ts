import { type Db, list, one, rows, sql, type Tx } from "../../../platform/db.ts";

export interface ReviewRow {
  readonly id: string;
  readonly product_id: string;
  readonly profile_id: string;
  readonly rating: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly language: string;
  readonly is_verified: boolean;
  readonly state: "pending" | "published" | "rejected";
  readonly created_at: string;
  readonly decided_by: string | null;
  readonly decided_at: string | null;
}

const COLUMNS = sql.raw(
  "r.id, r.product_id, r.profile_id, r.rating, r.title, r.body, r.author, r.language, r.is_verified, r.state, r.created_at, r.decided_by, r.decided_at",
);

export interface NewReview extends Omit<ReviewRow, "state" | "created_at" | "decided_by" | "decided_at"> {
  readonly at: string;
}

/** Writes a person's one review of a product; one that is there is written anew and waits again. */
export async function saveReview(tx: Tx, review: NewReview): Promise<ReviewRow> {
  const saved = await one(
    tx,
    sql<ReviewRow>`
      insert into catalog.review as r (id, product_id, profile_id, written_by, rating, title, body, author, language,
        is_verified, state, created_at, updated_at)
      values (${review.id}, ${review.product_id}, ${review.profile_id}, ${review.profile_id}, ${review.rating},
        ${review.title}, ${review.body}, ${review.author}, ${review.language}, ${review.is_verified}, 'pending',
        ${review.at}, ${review.at})
      on conflict (product_id, profile_id) where state <> 'superseded' do update set rating = excluded.rating,
        title = excluded.title, body = excluded.body, author = excluded.author, language = excluded.language,
        is_verified = excluded.is_verified, state = 'pending', updated_at = excluded.updated_at,
        decided_by = null, decided_at = null
      returning ${COLUMNS}`,
  );
  if (!saved) throw new Error("a review was not written");
  return saved;
}

/** The product of the review; nothing when she has written none of it. */
export async function deleteReview(tx: Tx, productId: string, profileId: string): Promise<boolean> {
  const found = await one(
    tx,
    sql`delete from catalog.review where product_id = ${productId} and profile_id = ${profileId}
        and state <> 'superseded' returning 1`,
  );
  return found !== undefined;
}

export async function decideReview(
  tx: Tx,
  id: string,
  decision: { readonly state: "published" | "rejected"; readonly by: string; readonly at: string },
): Promise<ReviewRow | undefined> {
  return one(
    tx,
    sql<ReviewRow>`
      update catalog.review as r set state = ${decision.state}, decided_by = ${decision.by}, decided_at = ${decision.at}
      where id = ${id} and state <> 'superseded' returning ${COLUMNS}`,
  );
}

/** Counts the published reviews of some products anew, so that no arithmetic can drift. Leans on review_published. */
export async function countReviews(tx: Tx, productIds: readonly string[]): Promise<void> {
  await sql`
    update catalog.product p set reviews = n.reviews, stars = n.stars, changed_in = pg_current_xact_id()
    from (
      select asked.id, count(r.id)::int4 as reviews, coalesce(sum(r.rating), 0)::int4 as stars
      from unnest(${list("uuid", productIds)}) as asked (id)
      left join catalog.review r on r.product_id = asked.id and r.state = 'published' group by asked.id
    ) as n
    where p.id = n.id and (p.reviews, p.stars) is distinct from (n.reviews, n.stars)`.execute(tx);
}

/** The newest first. Leans on review_published. */
export function listPublished(db: Db, productId: string, after: string | null, limit: number): Promise<ReviewRow[]> {
  return rows(
    db,
    sql<ReviewRow>`
      select ${COLUMNS} from catalog.review as r
      where r.product_id = ${productId} and r.state = 'published' and (${after}::uuid is null or r.id < ${after}::uuid)
      order by r.id desc limit ${limit}`,
  );
}

/** How many of the published gave each rating. */
export async function countRatings(db: Db, productId: string): Promise<number[]> {
  const found = await rows(
    db,
    sql<{ rating: number; n: number }>`
      select rating, count(*)::int4 as n from catalog.review
      where product_id = ${productId} and state = 'published' group by rating`,
  );
  return [1, 2, 3, 4, 5].map((rating) => found.find((row) => row.rating === rating)?.n ?? 0);
}

/** The oldest first: who has waited longest is decided first. Leans on review_waiting. */
export function listByState(
  db: Db,
  state: string,
  after: string | null,
  limit: number,
): Promise<(ReviewRow & { product_title: string })[]> {
  return rows(
    db,
    sql<ReviewRow & { product_title: string }>`
      select ${COLUMNS}, p.title as product_title
      from catalog.review as r join catalog.product p on p.id = r.product_id
      where r.state = ${state} and (${after}::uuid is null or r.id > ${after}::uuid)
      order by r.id limit ${limit}`,
  );
}

export function listOf(db: Db, profileId: string): Promise<ReviewRow[]> {
  return rows(
    db,
    sql<ReviewRow>`
      select ${COLUMNS} from catalog.review as r where r.profile_id = ${profileId} and r.state <> 'superseded'
      order by r.id desc limit 500`,
  );
}
