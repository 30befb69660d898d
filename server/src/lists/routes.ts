import { z } from "zod";

import type { App } from "../platform/http.ts";
import { device, manage } from "../platform/principal.ts";
import { addToCart, type CartDeps, setInCart } from "./change-cart.ts";
import { addBody, cart, setBody, variantParam } from "./contracts.ts";
import { readCartByRef } from "./read-cart.ts";
import { readHolder } from "./read-holder.ts";
import { lookAtCart } from "./take-over-cart.ts";

export function listRoutes(app: App, deps: CartDeps): void {
  app.route({
    method: "GET",
    url: "/v1/cart",
    config: { access: device },
    schema: { response: { 200: cart } },
    handler: (request) => lookAtCart(deps, readHolder(request)),
  });
  app.route({
    method: "POST",
    url: "/v1/cart/items",
    config: { access: device, idempotent: true },
    schema: { body: addBody, response: { 200: cart } },
    handler: (request) => addToCart(deps, readHolder(request), request.body.variant_id, request.body.quantity),
  });
  app.route({
    method: "PUT",
    url: "/v1/cart/items/:variantId",
    config: { access: device },
    schema: { params: variantParam, body: setBody, response: { 200: cart } },
    handler: (request) => setInCart(deps, readHolder(request), request.params.variantId, request.body.quantity),
  });
  app.route({
    method: "DELETE",
    url: "/v1/cart/items/:variantId",
    config: { access: device },
    schema: { params: variantParam, response: { 200: cart } },
    handler: (request) => setInCart(deps, readHolder(request), request.params.variantId, 0),
  });
  app.route({
    method: "GET",
    url: "/v1/profiles/:ref/cart",
    config: { access: manage },
    schema: { params: z.object({ ref: z.string().max(600) }), response: { 200: cart } },
    handler: (request) => readCartByRef(deps.db, deps.clock, request.params.ref),
  });
}
