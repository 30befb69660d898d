import { z } from "zod";

import type { App } from "../platform/http.ts";
import { pageQuery } from "../platform/pages.ts";
import { manage } from "../platform/principal.ts";
import * as c from "./contracts.ts";
import type { SendDeps } from "./deps.ts";
import { readDeliveries, readDelivery, readEndpoints } from "./read-deliveries.ts";
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  disable,
  enable,
  readEndpoint,
  rotateSecret,
} from "./save-endpoint.ts";
import { replay, resend } from "./send-again.ts";
import { sendTest } from "./send-test.ts";

const config = { access: manage };
const idempotent = { access: manage, idempotent: true };
const params = c.idParams;
const view = { 200: c.endpointView };

export function webhookRoutes(app: App, deps: SendDeps): void {
  app.get(
    "/v1/webhooks",
    { config, schema: { querystring: pageQuery, response: { 200: c.endpointPage } } },
    (request) => readEndpoints(deps, request.query),
  );
  app.post(
    "/v1/webhooks",
    { config: idempotent, schema: { body: c.endpointBody, response: { 201: c.newEndpointView } } },
    async (request, reply) => reply.code(201).send(await createEndpoint(deps, request.body)),
  );
  app.get("/v1/webhooks/:id", { config, schema: { params, response: view } }, (request) =>
    readEndpoint(deps, request.params.id),
  );
  app.put("/v1/webhooks/:id", { config, schema: { params, body: c.endpointBody, response: view } }, (request) =>
    changeEndpoint(deps, request.params.id, request.body),
  );
  app.delete(
    "/v1/webhooks/:id",
    { config, schema: { params, response: { 204: z.null() } } },
    async (request, reply) => {
      await deleteEndpoint(deps, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    "/v1/webhooks/:id/rotate",
    { config: idempotent, schema: { params, response: { 200: c.secretView } } },
    (request) => rotateSecret(deps, request.params.id),
  );
  app.post("/v1/webhooks/:id/enable", { config, schema: { params, body: c.enableBody, response: view } }, (request) =>
    enable(deps, request.params.id, request.body),
  );
  app.post("/v1/webhooks/:id/disable", { config, schema: { params, response: view } }, (request) =>
    disable(deps, request.params.id),
  );
  app.post("/v1/webhooks/:id/ping", { config, schema: { params, response: { 200: c.deliveryView } } }, (request) =>
    sendTest(deps, request.params.id),
  );
  app.post(
    "/v1/webhooks/:id/replay",
    { config: idempotent, schema: { params, body: c.replayBody, response: { 200: c.replayView } } },
    async (request) => ({ queued: await replay(deps, request.params.id, request.body) }),
  );
  app.get(
    "/v1/webhooks/:id/deliveries",
    { config, schema: { params, querystring: c.deliveryQuery, response: { 200: c.deliveryPage } } },
    (request) => readDeliveries(deps, request.params.id, request.query),
  );
  app.get(
    "/v1/webhooks/:id/deliveries/:delivery",
    { config, schema: { params: c.deliveryParams, response: { 200: c.deliveryView } } },
    (request) => readDelivery(deps, request.params.id, request.params.delivery),
  );
  app.post(
    "/v1/webhooks/:id/deliveries/:delivery/resend",
    { config, schema: { params: c.deliveryParams, response: { 200: c.deliveryView } } },
    (request) => resend(deps, request.params.id, request.params.delivery),
  );
}
