import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { manage } from "../../platform/principal.ts";
import { idParams } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { cancelBroadcast, launchBroadcast, pauseBroadcast, pickWinner, resumeBroadcast } from "./change-state.ts";
import * as c from "./contracts.ts";
import { previewAudience, readBroadcast, readBroadcasts } from "./read-broadcasts.ts";
import { changeBroadcast, createBroadcast, removeBroadcast } from "./save-broadcast.ts";

const config = { access: manage };
const view = { 200: c.broadcastView };
const one = { config, schema: { params: idParams, response: view } };
const done = z.object({ done: z.literal(true) });

export function broadcastRoutes(app: App, deps: MessagesDeps): void {
  app.get(
    "/v1/broadcasts",
    { config, schema: { querystring: c.broadcastQuery, response: { 200: c.broadcastPage } } },
    (request) => readBroadcasts(deps, request.query),
  );
  app.post(
    "/v1/broadcasts",
    {
      config: { access: manage, idempotent: true },
      schema: { body: c.broadcastBody, response: { 201: c.broadcastView } },
    },
    async (request, reply) => reply.code(201).send(await createBroadcast(deps, request.body)),
  );
  app.post(
    "/v1/broadcasts/audience",
    { config, schema: { body: c.audienceBody, response: { 200: c.audienceView } } },
    (request) => previewAudience(deps, request.body.audience),
  );
  app.get("/v1/broadcasts/:id", one, (request) => readBroadcast(deps, request.params.id));
  app.put(
    "/v1/broadcasts/:id",
    { config, schema: { params: idParams, body: c.broadcastBody, response: view } },
    (request) => changeBroadcast(deps, request.params.id, request.body),
  );
  app.delete(
    "/v1/broadcasts/:id",
    { config, schema: { params: idParams, response: { 200: done } } },
    async (request) => {
      await removeBroadcast(deps, request.params.id);
      return { done: true as const };
    },
  );
  app.post("/v1/broadcasts/:id/launch", one, (request) => launchBroadcast(deps, request.params.id));
  app.post("/v1/broadcasts/:id/pause", one, (request) => pauseBroadcast(deps, request.params.id));
  app.post("/v1/broadcasts/:id/resume", one, (request) => resumeBroadcast(deps, request.params.id));
  app.post("/v1/broadcasts/:id/cancel", one, (request) => cancelBroadcast(deps, request.params.id));
  app.post(
    "/v1/broadcasts/:id/winner",
    { config, schema: { params: idParams, body: c.pickBody, response: view } },
    (request) => pickWinner(deps, request.params.id, request.body.variant),
  );
}
