import { z } from "zod";

import type { App } from "../platform/http.ts";
import { device, manage } from "../platform/principal.ts";
import { addToCart, type CartDeps, setInCart } from "./change-cart.ts";
import { chooseMarket } from "./choose-market.ts";
import { addBody, cart, filledCart, fromListBody, marketBody, setBody, variantParam } from "./contracts.ts";
import { fillCart } from "./fill-cart.ts";
import { readCartByRef } from "./read-cart.ts";
import { readHolder } from "./read-holder.ts";
import { staffOf } from "./shopping/viewer.ts";
import { lookAtCart } from "./take-over-cart.ts";

export const refParam = z.object({ ref: z.string().max(600) });
const refAndVariant = refParam.extend(variantParam.shape);

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
    handler: (request) => addToCart(deps, readHolder(request), request.body),
  });
  app.route({
    method: "POST",
    url: "/v1/cart/from-list",
    config: { access: device },
    schema: { body: fromListBody, response: { 200: filledCart } },
    handler: (request) => {
      const share = request.headers["x-kilim-list-share"];
      const viewer = {
        kind: "holder",
        holder: readHolder(request),
        share: typeof share === "string" ? share : null,
      } as const;
      return fillCart(deps, viewer, request.body.list_id);
    },
  });
  app.route({
    method: "PUT",
    url: "/v1/cart/items/:variantId",
    config: { access: device },
    schema: { params: variantParam, body: setBody, response: { 200: cart } },
    handler: (request) => setInCart(deps, readHolder(request), request.params.variantId, request.body),
  });
  app.route({
    method: "DELETE",
    url: "/v1/cart/items/:variantId",
    config: { access: device },
    schema: { params: variantParam, response: { 200: cart } },
    handler: (request) => setInCart(deps, readHolder(request), request.params.variantId, { quantity: 0 }),
  });
  app.route({
    method: "PUT",
    url: "/v1/cart",
    config: { access: device },
    schema: { body: marketBody, response: { 200: cart } },
    handler: (request) => chooseMarket(deps, readHolder(request), request.body),
  });
  app.route({
    method: "GET",
    url: "/v1/profiles/:ref/cart",
    config: { access: manage },
    schema: { params: refParam, response: { 200: cart } },
    handler: (request) => readCartByRef(deps.db, deps.clock, request.params.ref),
  });
  app.route({
    method: "POST",
    url: "/v1/profiles/:ref/cart/items",
    config: { access: manage, idempotent: true },
    schema: { params: refParam, body: addBody, response: { 200: cart } },
    handler: ({ params, principal, body }) => addToCart(deps, { ...staffOf(principal), ref: params.ref }, body),
  });
  app.route({
    method: "PUT",
    url: "/v1/profiles/:ref/cart/items/:variantId",
    config: { access: manage },
    schema: { params: refAndVariant, body: setBody, response: { 200: cart } },
    handler: ({ params, principal, body }) =>
      setInCart(deps, { ...staffOf(principal), ref: params.ref }, params.variantId, body),
  });
  app.route({
    method: "DELETE",
    url: "/v1/profiles/:ref/cart/items/:variantId",
    config: { access: manage },
    schema: { params: refAndVariant, response: { 200: cart } },
    handler: ({ params, principal }) =>
      setInCart(deps, { ...staffOf(principal), ref: params.ref }, params.variantId, { quantity: 0 }),
  });
}
