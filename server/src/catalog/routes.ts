import type { FastifyReply } from "fastify";
import { z } from "zod";

import type { Db } from "../platform/db.ts";
import type { App } from "../platform/http.ts";
import { device, manage } from "../platform/principal.ts";
import { categoryList, product, productPage, productQuery, storeList } from "./contracts.ts";
import { loadStores } from "./queries/load-stores.pg.ts";
import { readCategories } from "./read-categories.ts";
import { readPng, readSvg } from "./read-picture.ts";
import { listProducts, readProduct } from "./read-products.ts";

const everyone = [...device, ...manage];
const byId = z.object({ id: z.uuid() });

export function catalogRoutes(app: App, { db }: { readonly db: Db }): void {
  app.route({
    method: "GET",
    url: "/v1/products",
    config: { access: everyone },
    schema: { querystring: productQuery, response: { 200: productPage } },
    handler: (request) => listProducts(db, request.query),
  });
  app.route({
    method: "GET",
    url: "/v1/products/:id",
    config: { access: everyone },
    schema: { params: byId, response: { 200: product } },
    handler: (request) => readProduct(db, request.params.id),
  });
  app.route({
    method: "GET",
    url: "/v1/categories",
    config: { access: everyone },
    schema: { response: { 200: categoryList } },
    handler: async () => ({ items: await readCategories(db), next: null }),
  });
  app.route({
    method: "GET",
    url: "/v1/stores",
    config: { access: everyone },
    schema: { response: { 200: storeList } },
    handler: async () => ({ items: await loadStores(db), next: null }),
  });
  app.route({
    method: "GET",
    url: "/assets/products/:id.svg",
    config: { access: ["public"] },
    schema: { params: byId },
    handler: async (request, reply) => picture(reply, "image/svg+xml", await readSvg(db, request.params.id)),
  });
  app.route({
    method: "GET",
    url: "/assets/products/:id.png",
    config: { access: ["public"] },
    schema: { params: byId },
    handler: async (request, reply) => picture(reply, "image/png", await readPng(db, request.params.id)),
  });
}

/** Cached for a day; the policy keeps a picture opened by itself from running anything. */
function picture(reply: FastifyReply, type: string, body: string | Buffer): FastifyReply {
  return reply
    .header("content-type", type)
    .header("cache-control", "public, max-age=86400")
    .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
    .header("cross-origin-resource-policy", "cross-origin")
    .header("x-content-type-options", "nosniff")
    .send(body);
}
