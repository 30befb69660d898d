import { z } from "zod";

import type { App } from "../platform/http.ts";
import { actorOf, manage, shopperOf } from "../platform/principal.ts";
import type { OrderDeps } from "./check-out.ts";
import {
  codeBody,
  collectBody,
  collectorBody,
  fulfilment,
  fulfilmentPage,
  fulfilmentQuery,
  handOverBody,
  queuedFulfilment,
  readyBody,
  rejectBody,
  shipBody,
  trackingBody,
} from "./contracts.ts";
import { refuse } from "./errors.ts";
import { collectFulfilment, findCollectable, shipFulfilment, trackFulfilment } from "./hand-over-fulfilment.ts";
import { nameCollector } from "./name-collector.ts";
import { acceptFulfilment, readyFulfilment, rejectFulfilment } from "./prepare-fulfilment.ts";
import { loadFulfilment } from "./queries/fulfilments.pg.ts";
import { type QueueDeps, readByCode, readFulfilment, readFulfilments } from "./show-fulfilments.ts";
import { requireOwn } from "./show-orders.ts";

const byId = z.object({ id: z.uuid() });
const answers = { 200: fulfilment };

/** A store's queue and what its staff does with it, and what carriers say. */
export function fulfilmentRoutes(app: App, deps: OrderDeps & QueueDeps): void {
  const letFetch = async (id: string, collector: z.infer<typeof collectorBody>) => {
    await nameCollector(deps, id, collector);
    return readFulfilment(deps, id);
  };
  app.route({
    method: "GET",
    url: "/v1/fulfilments",
    config: { access: manage },
    schema: { querystring: fulfilmentQuery, response: { 200: fulfilmentPage } },
    handler: ({ query }) => readFulfilments(deps, query),
  });
  app.route({
    method: "GET",
    url: "/v1/fulfilments/:id",
    config: { access: manage },
    schema: { params: byId, response: answers },
    handler: ({ params }) => readFulfilment(deps, params.id),
  });
  app.route({
    method: "POST",
    url: "/v1/fulfilments/:id/accept",
    config: { access: manage, idempotent: true },
    schema: { params: byId, response: answers },
    handler: async ({ params, principal }) => {
      await acceptFulfilment(deps, params.id, actorOf(principal));
      return readFulfilment(deps, params.id);
    },
  });
  app.route({
    method: "POST",
    url: "/v1/fulfilments/:id/reject",
    config: { access: manage, idempotent: true },
    schema: { params: byId, body: rejectBody, response: answers },
    handler: async ({ params, body, principal }) => {
      await rejectFulfilment(deps, { id: params.id, reason: body.reason, actor: actorOf(principal) });
      return readFulfilment(deps, params.id);
    },
  });
  app.route({
    method: "POST",
    url: "/v1/fulfilments/:id/ready",
    config: { access: manage, idempotent: true },
    schema: { params: byId, body: readyBody, response: answers },
    handler: async ({ params, body, principal }) => {
      await readyFulfilment(deps, params.id, body.compartment ?? null, actorOf(principal));
      return readFulfilment(deps, params.id);
    },
  });
  app.route({
    method: "POST",
    url: "/v1/fulfilments/:id/ship",
    config: { access: manage, idempotent: true },
    schema: { params: byId, body: shipBody, response: answers },
    handler: async ({ params, body, principal }) => {
      await shipFulfilment(deps, {
        id: params.id,
        carrier: body.carrier,
        trackingNumber: body.tracking_number ?? null,
        trackingUrl: body.tracking_url ?? null,
        actor: actorOf(principal),
      });
      return readFulfilment(deps, params.id);
    },
  });
  app.route({
    method: "POST",
    url: "/v1/fulfilments/:id/tracking",
    config: { access: manage, idempotent: true },
    schema: { params: byId, body: trackingBody, response: answers },
    handler: async ({ params, body }) => {
      await trackFulfilment(deps, params.id, body);
      return readFulfilment(deps, params.id);
    },
  });
  app.route({
    method: "POST",
    url: "/v1/fulfilments/lookup",
    config: { access: manage },
    schema: { body: codeBody, response: { 200: queuedFulfilment } },
    handler: ({ body }) => readByCode(deps, body.store_id, body.code),
  });
  app.route({
    method: "POST",
    url: "/v1/fulfilments/collect",
    config: { access: manage, idempotent: true },
    schema: { body: collectBody, response: answers },
    handler: async ({ body, principal }) => {
      const { id, collector_name } = await findCollectable(deps, body.store_id, body.code);
      const by = collector_name === null ? "code" : "code, of an order that somebody else may fetch";
      await collectFulfilment(deps, { id, lines: body.lines, by, actor: actorOf(principal) });
      return readFulfilment(deps, id);
    },
  });
  app.route({
    method: "POST",
    url: "/v1/fulfilments/:id/hand-over",
    config: { access: manage, idempotent: true },
    schema: { params: byId, body: handOverBody, response: answers },
    handler: async ({ params, body, principal }) => {
      await collectFulfilment(deps, { id: params.id, lines: body.lines, by: body.checked, actor: actorOf(principal) });
      return readFulfilment(deps, params.id);
    },
  });
  app.route({
    method: "PUT",
    url: "/v1/fulfilments/:id/collector",
    config: { access: manage },
    schema: { params: byId, body: collectorBody, response: answers },
    handler: ({ params, body }) => letFetch(params.id, body),
  });
  app.route({
    method: "PUT",
    url: "/v1/shopper/fulfilments/:id/collector",
    config: { access: ["shopper"] },
    schema: { params: byId, body: collectorBody, response: answers },
    handler: async ({ params, body, principal }) => {
      const row = await loadFulfilment(deps.db, params.id);
      if (!row) throw refuse("fulfilment_not_found");
      await requireOwn(deps.db, shopperOf(principal), row.order_id);
      return letFetch(params.id, body);
    },
  });
}
