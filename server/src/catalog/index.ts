import type { Db } from "../platform/db.ts";
import type { Room } from "../platform/room.ts";
import { catalogRoutes } from "./routes.ts";

export type { Category, Product, ProductSummary, Store } from "./contracts.ts";
export type { DrawingKind } from "./drawing/draw-product.ts";
export { checkDigit, toGtin14 } from "./gtin.ts";
export { type CatalogueInput, loadCatalogue as load } from "./load-catalogue.ts";
export { loadVariantIds as variantIdsOf } from "./queries/load-items.pg.ts";
export { loadStores as readStores } from "./queries/load-stores.pg.ts";
export { asEventProduct, type Item, readItems } from "./read-items.ts";
export { listProducts, readSummaries } from "./read-products.ts";

export function createCatalog(deps: { readonly db: Db }): Room {
  return { routes: (app) => catalogRoutes(app, deps) };
}
