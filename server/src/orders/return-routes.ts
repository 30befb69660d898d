import { z } from "zod";

import type { App } from "../platform/http.ts";
import { actorOf, manage, shopperOf } from "../platform/principal.ts";
import { announceReturn, readAnnounced, withdrawReturn } from "./announce-return.ts";
import type { OrderDeps } from "./check-out.ts";
import {
  announceBody,
  announcedReturns,
  buyersReturns,
  refundPage,
  returnable,
  returnBody,
  returned,
} from "./contracts.ts";
import { readReturnable, requireOrder, returnOrder } from "./return-order.ts";
import { requireOwn } from "./show-orders.ts";
import { readRefunds, readReturn, readReturns, readReturnsOf } from "./show-returns.ts";

const byId = z.object({ id: z.uuid() });
const byReturn = z.object({ id: z.uuid(), returnId: z.uuid() });

/** What comes back, in whatever store or by post, and the money for it. */
export function returnRoutes(app: App, deps: OrderDeps): void {
  const { db, clock } = deps;
  app.route({
    method: "GET",
    url: "/v1/orders/:id/returnable",
    config: { access: manage },
    schema: { params: byId, response: { 200: returnable } },
    handler: async ({ params }) => {
      await requireOrder(db, params.id);
      return { items: await readReturnable(db, clock.now(), params.id) };
    },
  });
  app.route({
    method: "GET",
    url: "/v1/shopper/orders/:id/returnable",
    config: { access: ["shopper"] },
    schema: { params: byId, response: { 200: returnable } },
    handler: async ({ params, principal }) => {
      await requireOwn(db, shopperOf(principal), params.id);
      return { items: await readReturnable(db, clock.now(), params.id) };
    },
  });
  app.route({
    method: "GET",
    url: "/v1/shopper/orders/:id/returns",
    config: { access: ["shopper"] },
    schema: { params: byId, response: { 200: buyersReturns } },
    handler: async ({ params, principal }) => {
      await requireOwn(db, shopperOf(principal), params.id);
      return readReturnsOf(db, clock.now(), params.id);
    },
  });
  app.route({
    method: "POST",
    url: "/v1/shopper/orders/:id/returns",
    config: { access: ["shopper"], idempotent: true },
    schema: { params: byId, body: announceBody, response: { 201: buyersReturns } },
    handler: async ({ params, body, principal }, reply) => {
      await requireOwn(db, shopperOf(principal), params.id);
      await announceReturn(deps, params.id, body);
      return reply.code(201).send(await readReturnsOf(db, clock.now(), params.id));
    },
  });
  app.route({
    method: "POST",
    url: "/v1/shopper/orders/:id/returns/:returnId/withdraw",
    config: { access: ["shopper"] },
    schema: { params: byReturn, response: { 200: buyersReturns } },
    handler: async ({ params, principal }) => {
      await requireOwn(db, shopperOf(principal), params.id);
      await withdrawReturn(deps, params.id, params.returnId);
      return readReturnsOf(db, clock.now(), params.id);
    },
  });
  app.route({
    method: "GET",
    url: "/v1/orders/:id/announced-returns",
    config: { access: manage },
    schema: { params: byId, response: { 200: announcedReturns } },
    handler: async ({ params }) => {
      await requireOrder(db, params.id);
      return { items: await readAnnounced(db, clock.now(), params.id), next: null };
    },
  });
  app.route({
    method: "POST",
    url: "/v1/orders/:id/returns",
    config: { access: manage, idempotent: true },
    schema: { params: byId, body: returnBody, response: { 201: returned } },
    handler: async ({ params, body, principal }, reply) => {
      const returnId = await returnOrder(deps, { orderId: params.id, body, actor: actorOf(principal) });
      return reply.code(201).send(await readReturn(db, params.id, returnId));
    },
  });
  app.route({
    method: "GET",
    url: "/v1/orders/:id/returns",
    config: { access: manage },
    schema: { params: byId, response: { 200: z.object({ items: z.array(returned), next: z.null() }) } },
    handler: async ({ params }) => ({ items: await readReturns(db, params.id), next: null }),
  });
  app.route({
    method: "GET",
    url: "/v1/orders/:id/refunds",
    config: { access: manage },
    schema: { params: byId, response: { 200: refundPage } },
    handler: async ({ params }) => ({ items: await readRefunds(db, params.id), next: null }),
  });
}
