import { z } from "zod";

import type { App } from "../platform/http.ts";
import { idOfCall } from "../platform/idempotency.ts";
import { actorOf, manage } from "../platform/principal.ts";
import { hold, holdBody, renewBody } from "./contracts.ts";
import { commitOne, type HoldDeps, handOverOne, placeHold, readHold, releaseOne, renewHold } from "./manage-hold.ts";

const byId = z.object({ id: z.uuid() });

export type HoldRoutesDeps = HoldDeps;

/** Holds of the retailer's own systems: another shop, a marketplace. Those of our own orders are made by orders. */
export function holdRoutes(app: App, deps: HoldRoutesDeps): void {
  app.route({
    method: "POST",
    url: "/v1/stock/holds",
    config: { access: manage, idempotent: true },
    schema: { body: holdBody, response: { 201: hold } },
    handler: async (request, reply) => reply.code(201).send(await placeHold(deps, request.body, idOfCall(request))),
  });
  app.route({
    method: "GET",
    url: "/v1/stock/holds/:id",
    config: { access: manage },
    schema: { params: byId, response: { 200: hold } },
    handler: ({ params }) => readHold(deps, params.id),
  });
  app.route({
    method: "POST",
    url: "/v1/stock/holds/:id/renew",
    config: { access: manage, idempotent: true },
    schema: { params: byId, body: renewBody, response: { 200: hold } },
    handler: ({ params, body }) => renewHold(deps, params.id, body.seconds),
  });
  app.route({
    method: "POST",
    url: "/v1/stock/holds/:id/commit",
    config: { access: manage, idempotent: true },
    schema: { params: byId, response: { 200: hold } },
    handler: ({ params }) => commitOne(deps, params.id),
  });
  app.route({
    method: "POST",
    url: "/v1/stock/holds/:id/hand-over",
    config: { access: manage, idempotent: true },
    schema: { params: byId, response: { 204: z.void() } },
    handler: async ({ params, principal }, reply) => {
      await handOverOne(deps, params.id, actorOf(principal));
      return reply.code(204).send();
    },
  });
  app.route({
    method: "DELETE",
    url: "/v1/stock/holds/:id",
    config: { access: manage },
    schema: { params: byId, response: { 204: z.void() } },
    handler: async ({ params, principal }, reply) => {
      await releaseOne(deps, params.id, actorOf(principal));
      return reply.code(204).send();
    },
  });
}
