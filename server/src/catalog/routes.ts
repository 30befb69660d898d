import { z } from "zod";

import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { type App, sendJson } from "../platform/http.ts";
import { device, manage } from "../platform/principal.ts";
import * as c from "./contracts.ts";
import { ProductPages } from "./products/product-pages.ts";
import { readCategories } from "./products/read-categories.ts";
import { readPrices } from "./products/read-prices.ts";
import { listProducts } from "./products/read-products.ts";
import { readArchivedVariants, readRelations } from "./products/read-set-aside.ts";
import { putCategory } from "./products/save-category.ts";
import { archiveProduct, changeProduct, createProduct, relateProduct } from "./products/save-product.ts";
import { addVariant, archiveVariant, changeVariant, setPrices } from "./products/save-variant.ts";
import { drawCheckIn } from "./stores/check-in-code.ts";
import { showStores } from "./stores/read-stores.ts";
import { archiveStore, changeStore, createStore, type StoreDeps } from "./stores/save-store.ts";

const everyone = [...device, ...manage];
const config = { access: manage };
const creates = { access: manage, idempotent: true };
const byId = z.object({ id: z.uuid() });

export interface CatalogRoutesDeps extends StoreDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly publicUrl: string;
}

export function catalogRoutes(app: App, deps: CatalogRoutesDeps): void {
  const { db, clock, bus } = deps;
  const pages = new ProductPages(db);
  const told = <T extends { readonly id: string }>(product: T): T => {
    bus.changed("product", product.id, ["product"]);
    return product;
  };
  app.get(
    "/v1/products",
    { config: { access: everyone }, schema: { querystring: c.productQuery, response: { 200: c.productPage } } },
    ({ query, principal }) => listProducts(db, isOurs(principal.kind) ? query : { ...query, archived: undefined }),
  );
  app.get(
    "/v1/products/:id",
    {
      config: { access: everyone },
      schema: { params: byId, querystring: c.market, response: { 200: c.product } },
    },
    async ({ params, query }, reply) => sendJson(reply, await pages.read(params.id, query)),
  );
  app.post(
    "/v1/products",
    { config: creates, schema: { body: c.productBody, response: { 201: c.product } } },
    async ({ body }, reply) => reply.code(201).send(told(await createProduct(deps, body))),
  );
  app.patch(
    "/v1/products/:id",
    { config, schema: { params: byId, body: c.productChange, response: { 200: c.product } } },
    async ({ params, body }) => told(await changeProduct(deps, params.id, body)),
  );
  for (const [verb, isArchived] of [
    ["archive", true],
    ["restore", false],
  ] as const) {
    app.post(
      `/v1/products/:id/${verb}`,
      { config, schema: { params: byId, response: { 200: c.product } } },
      async ({ params }) => told(await archiveProduct(deps, params.id, isArchived)),
    );
    app.post(`/v1/variants/:id/${verb}`, { config, schema: { params: byId } }, async ({ params }, reply) => {
      await archiveVariant(deps, params.id, isArchived);
      return reply.code(204).send();
    });
    app.post(
      `/v1/stores/:id/${verb}`,
      { config, schema: { params: byId, response: { 200: c.storeView } } },
      ({ params }) => archiveStore(deps, params.id, isArchived),
    );
  }
  app.get(
    "/v1/products/:id/relations",
    { config, schema: { params: byId, response: { 200: c.relations } } },
    ({ params }) => readRelations(db, params.id),
  );
  app.get(
    "/v1/products/:id/archived-variants",
    { config, schema: { params: byId, response: { 200: c.archivedVariants } } },
    async ({ params }) => ({ items: await readArchivedVariants(db, params.id), next: null }),
  );
  app.put(
    "/v1/products/:id/relations",
    { config, schema: { params: byId, body: c.relationsBody, response: { 200: c.product } } },
    async ({ params, body }) => told(await relateProduct(deps, params.id, body)),
  );
  app.post(
    "/v1/products/:id/variants",
    { config: creates, schema: { params: byId, body: c.variantBody, response: { 201: c.product } } },
    async ({ params, body }, reply) => reply.code(201).send(told(await addVariant(deps, params.id, body))),
  );
  app.patch(
    "/v1/variants/:id",
    { config, schema: { params: byId, body: c.variantChange, response: { 200: c.product } } },
    async ({ params, body }) => told(await changeVariant(deps, params.id, body)),
  );
  app.get(
    "/v1/variants/:id/prices",
    { config, schema: { params: byId, response: { 200: c.priceList } } },
    async ({ params }) => ({ items: await readPrices(db, params.id), next: null }),
  );
  app.put(
    "/v1/variants/:id/prices",
    { config, schema: { params: byId, body: c.pricesBody, response: { 200: c.priceList } } },
    async ({ params, body }) => {
      await setPrices(deps, params.id, body.prices);
      return { items: await readPrices(db, params.id), next: null };
    },
  );
  app.get(
    "/v1/categories",
    { config: { access: everyone }, schema: { response: { 200: c.categoryList } } },
    async () => ({ items: await readCategories(db), next: null }),
  );
  app.put(
    "/v1/categories/:id",
    { config, schema: { params: c.categoryId, body: c.categoryBody, response: { 200: c.category } } },
    ({ params, body }) => putCategory(db, params.id, body),
  );
  app.get(
    "/v1/stores",
    { config: { access: everyone }, schema: { querystring: c.storeQuery, response: { 200: c.storeList } } },
    async ({ query, principal }) => ({
      items: await showStores(db, clock, isOurs(principal.kind) ? query : { ...query, archived: undefined }),
      next: null,
    }),
  );
  app.get(
    "/assets/stores/:id/check-in.png",
    { config: { access: ["public"] }, schema: { params: byId } },
    async ({ params }, reply) =>
      reply
        .header("content-type", "image/png")
        .header("cache-control", "public, max-age=3600")
        .send(await drawCheckIn(db, deps.publicUrl, params.id)),
  );
  app.post(
    "/v1/stores",
    { config: creates, schema: { body: c.storeBody, response: { 201: c.storeView } } },
    async ({ body }, reply) => reply.code(201).send(await createStore(deps, body)),
  );
  app.patch(
    "/v1/stores/:id",
    { config, schema: { params: byId, body: c.storeChange, response: { 200: c.storeView } } },
    ({ params, body }) => changeStore(deps, params.id, body),
  );
}

/** Staff and secret keys also see what is archived. */
function isOurs(kind: string): boolean {
  return kind === "staff" || kind === "secret";
}
