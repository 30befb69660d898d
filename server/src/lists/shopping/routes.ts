import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { type Access, device, manage } from "../../platform/principal.ts";
import {
  changedList,
  listParam,
  listQuery,
  listsAnswer,
  newListBody,
  operationsBody,
  renameBody,
  shoppingList,
} from "../contracts.ts";
import { readHolder } from "../read-holder.ts";
import { refParam } from "../routes.ts";
import { changeList } from "./change-list.ts";
import { removeList, renameList } from "./delete-list.ts";
import { type ListDeps, makeList, makeListFor } from "./make-list.ts";
import { listsOfPerson, readList } from "./read-lists.ts";
import { lookAtLists } from "./take-over-lists.ts";
import { readViewer } from "./viewer.ts";

export const everybody: readonly Access[] = [...device, ...manage];

export function shoppingRoutes(app: App, deps: ListDeps): void {
  app.route({
    method: "GET",
    url: "/v1/shopping-lists",
    config: { access: device },
    schema: { response: { 200: listsAnswer } },
    handler: async (request) => ({ items: await lookAtLists(deps, readHolder(request)), next: null }),
  });
  app.route({
    method: "POST",
    url: "/v1/shopping-lists",
    config: { access: device, idempotent: true },
    schema: { body: newListBody, response: { 200: shoppingList } },
    handler: (request) => makeList(deps, readHolder(request), request.body),
  });
  app.route({
    method: "GET",
    url: "/v1/shopping-lists/:id",
    config: { access: everybody },
    schema: { params: listParam, querystring: listQuery, response: { 200: shoppingList } },
    handler: (request, reply) => {
      const gone = new AbortController();
      reply.raw.on("close", () => gone.abort());
      const look = { after: request.query.after, waitMs: request.query.wait * 1_000, gone: gone.signal };
      return readList(deps, readViewer(request), request.params.id, look);
    },
  });
  app.route({
    method: "POST",
    url: "/v1/shopping-lists/:id/operations",
    config: { access: everybody },
    schema: { params: listParam, body: operationsBody, response: { 200: changedList } },
    handler: (request) => changeList(deps, readViewer(request), request.params.id, request.body),
  });
  app.route({
    method: "PUT",
    url: "/v1/shopping-lists/:id",
    config: { access: everybody },
    schema: { params: listParam, body: renameBody, response: { 200: shoppingList } },
    handler: (request) => renameList(deps, readViewer(request), request.params.id, request.body.name),
  });
  app.route({
    method: "DELETE",
    url: "/v1/shopping-lists/:id",
    config: { access: everybody },
    schema: { params: listParam, response: { 200: z.object({ deleted: z.literal(true) }) } },
    handler: (request) => removeList(deps, readViewer(request), request.params.id),
  });
  app.route({
    method: "GET",
    url: "/v1/profiles/:ref/shopping-lists",
    config: { access: manage },
    schema: { params: refParam, response: { 200: listsAnswer } },
    handler: async (request) => ({ items: await listsOfPerson(deps.db, request.params.ref), next: null }),
  });
  app.route({
    method: "POST",
    url: "/v1/profiles/:ref/shopping-lists",
    config: { access: manage, idempotent: true },
    schema: { params: refParam, body: newListBody, response: { 200: shoppingList } },
    handler: (request) => makeListFor(deps, request.params.ref, request.body),
  });
}
