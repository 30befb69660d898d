import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/db.ts";
import { createDueLoop } from "../platform/due-loop.ts";
import { followMerges } from "../platform/follow-merges.ts";
import type { Log } from "../platform/log.ts";
import { createOutbound } from "../platform/outbound/outbound.ts";
import type { Room } from "../platform/room.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { FeedDeps } from "./feeds/read-offers.ts";
import { feedRoutes } from "./feeds/routes.ts";
import type { ImportDeps } from "./imports/deps.ts";
import { fetchPictures } from "./imports/fetch-pictures.ts";
import { nextWork } from "./imports/queries/picture-jobs.pg.ts";
import { productImportRoutes } from "./imports/routes.ts";
import { workImports } from "./imports/run-import.ts";
import { photoRoutes } from "./photos/routes.ts";
import { mergeReviews, separateReviews } from "./reviews/queries/move-reviews.pg.ts";
import { countReviews } from "./reviews/queries/reviews.pg.ts";
import { reviewRoutes } from "./reviews/routes.ts";
import type { ReviewDeps } from "./reviews/write-review.ts";
import { catalogRoutes } from "./routes.ts";
import { type SearchRoutesDeps, searchRoutes } from "./search/routes.ts";
import type { StoreDeps } from "./stores/save-store.ts";

export type { Category, Market, Product, ProductSummary, Store } from "./contracts.ts";
export { market } from "./contracts.ts";
export type { DrawingKind } from "./drawing/draw-product.ts";
export { sealedFeeds } from "./feeds/routes.ts";
export { checkDigit, toGtin14 } from "./gtin.ts";
export { cleanPhoto } from "./photos/clean-photo.ts";
export { type Sniffed, sniffPhoto } from "./photos/sniff-photo.ts";
export { type CatalogueInput, loadCatalogue as load } from "./products/load-catalogue.ts";
export { loadVariantIds as variantIdsOf } from "./products/queries/load-items.pg.ts";
export { asEventProduct, type Item, type NotSold, readItems } from "./products/read-items.ts";
export { listProducts, readSummaries } from "./products/read-products.ts";
export { personalData as reviewData } from "./reviews/personal-data.ts";
export { marketOfStore } from "./stores/market-of-store.ts";
export { offersLocker, offersPickup } from "./stores/offers-pickup.ts";
export { type Opening, openStretches } from "./stores/opening-hours.ts";
export { loadStores as readStores } from "./stores/queries/load-stores.pg.ts";

export interface CatalogDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly publicUrl: string;
  readonly outboundAllow: readonly string[];
  readonly onStore: StoreDeps["onStore"];
  readonly hasBought: ReviewDeps["hasBought"];
  readonly stockOf: FeedDeps["stockOf"];
  readonly sizesOf: SearchRoutesDeps["sizesOf"];
  /** What was uploaded, as the room of imports reads it. */
  readonly files: Pick<ImportDeps, "openTable" | "openBytes" | "hasFile" | "fileOf">;
}

export interface Catalog extends Room {
  /** Lets reviews follow their authors in the transaction that merges profiles. */
  onMerge(tx: Tx, merges: readonly { readonly from: string; readonly into: string }[]): Promise<void>;
  /** Gives a person her reviews back. */
  onSeparate(tx: Tx, parted: { from: string; into: string; members: readonly string[] }): Promise<void>;
  /** Takes in open imports and fetches the pictures that are due; for tests. */
  workImports(): Promise<void>;
}

export function createCatalog(given: CatalogDeps): Catalog {
  const outbound = createOutbound({ allow: given.outboundAllow });
  const deps = { ...given, ...given.files, outbound };
  const work = async (signal: AbortSignal) => {
    await workImports(deps, signal);
    await fetchPictures(deps, signal);
  };
  const loop = createDueLoop({
    clock: deps.clock,
    work,
    nextDue: () => nextWork(deps.db),
    onWake: (listener) => deps.bus.onWake("imports", listener),
    onError: (error) => deps.log.error({ err: error }, "imports of products could not be worked; trying again"),
  });
  return {
    routes(app) {
      catalogRoutes(app, deps);
      reviewRoutes(app, deps);
      photoRoutes(app, deps);
      searchRoutes(app, { ...deps, placesOf: (ids) => placesOf(deps, ids) });
      productImportRoutes(app, deps);
      feedRoutes(app, deps);
    },
    async start() {
      loop.start();
    },
    async stop() {
      await loop.stop();
      outbound.close();
    },
    async onMerge(tx, merges) {
      const ends = followMerges(merges);
      await countReviews(tx, await mergeReviews(tx, [...ends.keys()], [...ends.values()]));
    },
    onSeparate: separateReviews,
    workImports: () => work(new AbortController().signal),
  };
}

/** Where each variant can be had from: `web`, and stores by id. */
async function placesOf({ stockOf }: Pick<CatalogDeps, "stockOf">, ids: readonly string[]) {
  return new Map(
    [...(await stockOf(ids))].map(([id, { web, stores }]) => [
      id,
      [...(web > 0 ? ["web"] : []), ...stores.flatMap((s) => (s.available > 0 ? [s.storeId] : []))],
    ]),
  );
}
