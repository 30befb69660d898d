import { z } from "zod";

import type { App } from "../platform/http.ts";
import { pageQuery } from "../platform/pages.ts";
import { actorOf, device, manage, type Principal } from "../platform/principal.ts";
import type { OrderDeps } from "./check-out.ts";
import { order, orderBody, orderPage, orderQuery, placedOrder } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { fulfilOrder } from "./fulfil-order.ts";
import { placeOrder } from "./place-order.ts";
import { readOrder, readOrders, readOrdersOf, type ShowDeps } from "./show-orders.ts";

const byId = z.object({ id: z.uuid() });

export function orderRoutes(app: App, deps: OrderDeps & ShowDeps): void {
  app.route({
    method: "POST",
    url: "/v1/orders",
    config: { access: [...device, ...manage], idempotent: true },
    schema: { body: orderBody, response: { 201: placedOrder } },
    handler: async (request, reply) => reply.code(201).send(await placeOrder(deps, request)),
  });
  app.route({
    method: "GET",
    url: "/v1/orders",
    config: { access: manage },
    schema: { querystring: orderQuery, response: { 200: orderPage } },
    handler: (request) => readOrders(deps, request.query),
  });
  app.route({
    method: "GET",
    url: "/v1/orders/:id",
    config: { access: manage },
    schema: { params: byId, response: { 200: order } },
    handler: (request) => readOrder(deps, request.params.id),
  });
  app.route({
    method: "POST",
    url: "/v1/orders/:id/fulfil",
    config: { access: manage, idempotent: true },
    schema: { params: byId, response: { 200: order } },
    handler: async (request) => {
      await fulfilOrder(deps, request.params.id, actorOf(request.principal));
      return readOrder(deps, request.params.id);
    },
  });
  app.route({
    method: "GET",
    url: "/v1/shopper/orders",
    config: { access: ["shopper"] },
    schema: { querystring: pageQuery, response: { 200: orderPage } },
    handler: (request) => readOrdersOf(deps, shopperOf(request.principal), request.query),
  });
}

function shopperOf(principal: Principal): string {
  if (principal.kind !== "shopper") throw refuse("not_for_this_caller");
  return principal.profileId;
}
