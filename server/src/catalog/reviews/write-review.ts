import { append, newEvent } from "../../collect/index.ts";
import type { Bus } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { ReviewBody } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { loadProducts } from "../products/queries/load-products.pg.ts";
import { countReviews, decideReview, deleteReview, type ReviewRow, saveReview } from "./queries/reviews.pg.ts";

export interface ReviewDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  /** Whether this person has bought this product here, on whatever channel. */
  readonly hasBought: (tx: Tx, profileId: string, productId: string) => Promise<boolean>;
}

/** A person's one review of a product. It waits until somebody has looked at it; changed, it waits again. */
export async function writeReview(
  deps: ReviewDeps,
  { profileId, productId }: { readonly profileId: string; readonly productId: string },
  body: ReviewBody,
): Promise<ReviewRow> {
  const { db, clock, bus } = deps;
  const saved = await inTransaction(db, async (tx) => {
    const [product] = await loadProducts(tx, [productId]);
    if (!product) throw refuse("product_not_found");
    const is_verified = await deps.hasBought(tx, profileId, productId);
    const at = clock.now().toString();
    const written = { ...body, id: newId(clock), product_id: productId, profile_id: profileId, is_verified, at };
    const review = await saveReview(tx, written);
    await countReviews(tx, [productId]);
    await append(tx, [
      newEvent(clock, {
        messageId: newId(clock),
        source: "catalog",
        name: "Product Reviewed",
        profileId,
        channel: "web",
        // The words are in the review alone, where its author and an erasure find them.
        properties: { product_id: productId, review_id: review.id, rating: body.rating, verified: is_verified },
      }),
    ]);
    return review;
  });
  bus.wake("inbox");
  return saved;
}

export async function withdrawReview({ db }: ReviewDeps, profileId: string, productId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!(await deleteReview(tx, productId, profileId))) throw refuse("review_not_found");
    await countReviews(tx, [productId]);
  });
}

/** Shows a review to everybody, or to nobody but its author. */
export async function decide(
  { db, clock, bus }: ReviewDeps,
  id: string,
  state: "published" | "rejected",
  by: string,
): Promise<ReviewRow> {
  const decided = await inTransaction(db, async (tx) => {
    const review = await decideReview(tx, id, { state, by, at: clock.now().toString() });
    if (!review) throw refuse("review_not_found");
    await countReviews(tx, [review.product_id]);
    return review;
  });
  bus.changed("product", decided.product_id, ["reviews"]);
  return decided;
}
