import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/db.ts";
import { followMerges } from "../platform/follow-merges.ts";
import type { Room } from "../platform/room.ts";
import { photoRoutes } from "./photos/routes.ts";
import { mergeReviews, separateReviews } from "./reviews/queries/move-reviews.pg.ts";
import { countReviews } from "./reviews/queries/reviews.pg.ts";
import { reviewRoutes } from "./reviews/routes.ts";
import type { ReviewDeps } from "./reviews/write-review.ts";
import { catalogRoutes } from "./routes.ts";
import { type SearchRoutesDeps, searchRoutes } from "./search/routes.ts";
import type { StoreDeps } from "./stores/save-store.ts";

export type { Category, Product, ProductSummary, Store } from "./contracts.ts";
export type { DrawingKind } from "./drawing/draw-product.ts";
export { checkDigit, toGtin14 } from "./gtin.ts";
export { type CatalogueInput, loadCatalogue as load } from "./products/load-catalogue.ts";
export { loadVariantIds as variantIdsOf } from "./products/queries/load-items.pg.ts";
export { asEventProduct, type Item, readItems } from "./products/read-items.ts";
export { listProducts, readSummaries } from "./products/read-products.ts";
export { personalData as reviewData } from "./reviews/personal-data.ts";
export { type Opening, openStretches } from "./stores/opening-hours.ts";
export { loadStores as readStores } from "./stores/queries/load-stores.pg.ts";

export interface CatalogDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly onStore: StoreDeps["onStore"];
  readonly hasBought: ReviewDeps["hasBought"];
  readonly placesOf: SearchRoutesDeps["placesOf"];
  readonly sizesOf: SearchRoutesDeps["sizesOf"];
}

export interface Catalog extends Room {
  /** Lets reviews follow their authors in the transaction that merges profiles. */
  onMerge(tx: Tx, merges: readonly { readonly from: string; readonly into: string }[]): Promise<void>;
  /** Gives a person her reviews back. */
  onSeparate(tx: Tx, parted: { from: string; into: string; members: readonly string[] }): Promise<void>;
}

export function createCatalog(deps: CatalogDeps): Catalog {
  return {
    routes(app) {
      catalogRoutes(app, deps);
      reviewRoutes(app, deps);
      photoRoutes(app, deps);
      searchRoutes(app, deps);
    },
    async onMerge(tx, merges) {
      const ends = followMerges(merges);
      await countReviews(tx, await mergeReviews(tx, [...ends.keys()], [...ends.values()]));
    },
    onSeparate: separateReviews,
  };
}
