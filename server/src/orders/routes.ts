import { z } from "zod";

import { readHolder } from "../lists/index.ts";
import type { App } from "../platform/http.ts";
import { pageQuery } from "../platform/pages.ts";
import { actorOf, device, manage, shopperOf } from "../platform/principal.ts";
import { cancelOrder, editOrder } from "./change-order.ts";
import { checkOutDesk } from "./check-out.ts";
import { codeOfReceipt, hashReceipt } from "./collection-code.ts";
import {
  cancelBody,
  editBody,
  order,
  orderBody,
  orderPage,
  orderQuery,
  pickupTimes,
  placedOrder,
  receiptBody,
  reordered,
  shippingQuery,
  shippingQuote,
  tracking,
} from "./contracts.ts";
import { refuse } from "./errors.ts";
import { fulfilOrder } from "./fulfil-order.ts";
import { fulfilmentRoutes } from "./fulfilment-routes.ts";
import { receiptRoutes } from "./letters/routes.ts";
import type { LetterDeps } from "./letters/send-letters.ts";
import { paymentRoutes } from "./payment-routes.ts";
import { readPickupTimes } from "./pickup-times.ts";
import { placeOrder } from "./place-order.ts";
import { policy } from "./policy.ts";
import { findByReceipt } from "./queries/orders.pg.ts";
import { loadPolicy, savePolicy } from "./queries/policy.pg.ts";
import { reorder } from "./reorder.ts";
import { returnRoutes } from "./return-routes.ts";
import { quoteShipping } from "./shipping-cost.ts";
import { readOrder, readOrderOf, readOrders, readOrdersOf, requireOwn, type ShowDeps } from "./show-orders.ts";
import { trackOrder } from "./track-order.ts";

const byId = z.object({ id: z.uuid() });

export function orderRoutes(app: App, deps: LetterDeps & ShowDeps): void {
  const checkOut = checkOutDesk(deps);
  app.route({
    method: "POST",
    url: "/v1/orders",
    config: { access: [...device, ...manage], idempotent: true },
    schema: { body: orderBody, response: { 201: placedOrder } },
    handler: async (request, reply) => reply.code(201).send(await placeOrder({ ...deps, checkOut }, request)),
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
    method: "PATCH",
    url: "/v1/orders/:id",
    config: { access: manage },
    schema: { params: byId, body: editBody, response: { 200: order } },
    handler: async ({ params, body, principal }) => {
      await editOrder(deps, params.id, body, actorOf(principal));
      return readOrder(deps, params.id);
    },
  });
  app.route({
    method: "POST",
    url: "/v1/orders/:id/cancel",
    config: { access: manage, idempotent: true },
    schema: { params: byId, body: cancelBody, response: { 200: order } },
    handler: async ({ params, body, principal }) => {
      const reason = body.reason ?? "cancelled";
      await cancelOrder(deps, { orderId: params.id, reason, actor: actorOf(principal), isShopper: false });
      return readOrder(deps, params.id);
    },
  });
  app.route({
    method: "POST",
    url: "/v1/orders/:id/fulfil",
    config: { access: manage, idempotent: true },
    schema: { params: byId, response: { 200: order } },
    handler: async ({ params, principal }) => {
      await fulfilOrder(deps, params.id, actorOf(principal));
      return readOrder(deps, params.id);
    },
  });
  app.route({
    method: "GET",
    url: "/v1/orders/:id/tracking",
    config: { access: manage },
    schema: { params: byId, response: { 200: tracking } },
    handler: ({ params }) => trackOrder(deps.db, params.id),
  });
  app.route({
    method: "GET",
    url: "/v1/shopper/orders/:id/tracking",
    config: { access: ["shopper"] },
    schema: { params: byId, response: { 200: tracking } },
    handler: async ({ params, principal }) => {
      await requireOwn(deps.db, shopperOf(principal), params.id);
      return trackOrder(deps.db, params.id);
    },
  });
  app.route({
    method: "GET",
    url: "/v1/shipping",
    config: { access: [...device, ...manage] },
    schema: { querystring: shippingQuery, response: { 200: shippingQuote } },
    handler: async ({ query }) => quoteShipping((await loadPolicy(deps.db)).shipping, query),
  });
  app.route({
    method: "GET",
    url: "/v1/pickup-times",
    config: { access: [...device, ...manage] },
    schema: { response: { 200: pickupTimes } },
    handler: async () => ({ items: await readPickupTimes(deps.db, deps.clock), next: null }),
  });
  app.route({
    method: "POST",
    url: "/v1/receipts/lookup",
    config: { access: manage },
    schema: { body: receiptBody, response: { 200: order } },
    handler: async ({ body }) => {
      const row = await findByReceipt(deps.db, hashReceipt(deps.secrets, codeOfReceipt(body.code)));
      if (!row) throw refuse("receipt_not_found");
      return readOrder(deps, row.id);
    },
  });
  app.route({
    method: "GET",
    url: "/v1/shopper/orders",
    config: { access: ["shopper"] },
    schema: { querystring: pageQuery, response: { 200: orderPage } },
    handler: (request) => readOrdersOf(deps, shopperOf(request.principal), request.query),
  });
  app.route({
    method: "GET",
    url: "/v1/shopper/orders/:id",
    config: { access: ["shopper"] },
    schema: { params: byId, response: { 200: order } },
    handler: ({ params, principal }) => readOrderOf(deps, shopperOf(principal), params.id),
  });
  app.route({
    method: "POST",
    url: "/v1/shopper/orders/:id/cancel",
    config: { access: ["shopper"], idempotent: true },
    schema: { params: byId, response: { 200: order } },
    handler: async ({ params, principal }) => {
      const buyer = shopperOf(principal);
      await requireOwn(deps.db, buyer, params.id);
      await cancelOrder(deps, { orderId: params.id, reason: "by the buyer", actor: "buyer", isShopper: true });
      return readOrderOf(deps, buyer, params.id);
    },
  });
  app.route({
    method: "POST",
    url: "/v1/shopper/orders/:id/reorder",
    config: { access: ["shopper"], idempotent: true },
    schema: { params: byId, response: { 200: reordered } },
    handler: async (request) => {
      await requireOwn(deps.db, shopperOf(request.principal), request.params.id);
      return reorder(deps, readHolder(request), request.params.id);
    },
  });
  app.route({
    method: "GET",
    url: "/v1/order-policy",
    config: { access: manage },
    schema: { response: { 200: policy } },
    handler: () => loadPolicy(deps.db),
  });
  app.route({
    method: "PUT",
    url: "/v1/order-policy",
    config: { access: manage },
    schema: { body: policy, response: { 200: policy } },
    handler: async ({ body }) => {
      await savePolicy(deps.db, body);
      return body;
    },
  });
  fulfilmentRoutes(app, deps);
  paymentRoutes(app, deps);
  receiptRoutes(app, deps);
  returnRoutes(app, deps);
}
