import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { manage } from "../../platform/principal.ts";
import {
  errand,
  errandBody,
  errandPage,
  errandParam,
  errandQuery,
  errandState,
  foundBody,
  foundParam,
  listParam,
} from "../contracts.ts";
import type { ListDeps } from "../shopping/make-list.ts";
import { everybody } from "../shopping/routes.ts";
import { readViewer } from "../shopping/viewer.ts";
import { noteFound, STEPS, stepErrand } from "./move-errand.ts";
import { readErrands } from "./read-errands.ts";
import { readErrandOf, sendToStaff } from "./send-to-staff.ts";

export function errandRoutes(app: App, deps: ListDeps): void {
  app.route({
    method: "POST",
    url: "/v1/shopping-lists/:id/errands",
    config: { access: everybody, idempotent: true },
    schema: { params: listParam, body: errandBody, response: { 200: errandState } },
    handler: (request) => sendToStaff(deps, readViewer(request), request.params.id, request.body),
  });
  app.route({
    method: "GET",
    url: "/v1/shopping-lists/:id/errand",
    config: { access: everybody },
    schema: { params: listParam, response: { 200: z.object({ errand: errandState.nullable() }) } },
    handler: (request) => readErrandOf(deps, readViewer(request), request.params.id),
  });
  app.route({
    method: "GET",
    url: "/v1/errands",
    config: { access: manage },
    schema: { querystring: errandQuery, response: { 200: errandPage } },
    handler: (request) => readErrands(deps.db, deps.clock, request.query),
  });
  app.route({
    method: "POST",
    url: "/v1/errands/:id/:step",
    config: { access: manage, idempotent: true },
    schema: { params: errandParam.extend({ step: z.enum(STEPS) }), response: { 200: errand } },
    handler: (request) => stepErrand(deps, request.principal, request.params.id, request.params.step),
  });
  app.route({
    method: "PUT",
    url: "/v1/errands/:id/items/:itemId",
    config: { access: manage },
    schema: { params: foundParam, body: foundBody, response: { 200: errand } },
    handler: (request) => noteFound(deps, { ...request.params, isFound: request.body.is_found }),
  });
}
