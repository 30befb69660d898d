import { z } from "zod";

import { refuse } from "../../platform/errors.ts";
import type { App } from "../../platform/http.ts";
import { device, manage, type Principal } from "../../platform/principal.ts";
import {
  linkBody,
  listBehindCode,
  listParam,
  mailToMeBody,
  newShare,
  shareBody,
  sharedList,
  sharesAnswer,
  shoppingList,
  takeAlongAnswer,
} from "../contracts.ts";
import { everybody } from "../shopping/routes.ts";
import { readViewer } from "../shopping/viewer.ts";
import type { ShareDeps } from "./deps.ts";
import { mailToMe } from "./mail-to-me.ts";
import { closeShare, readShares, shareList } from "./share-list.ts";
import { findByLink, takeAlong } from "./take-along.ts";
import { claimList, confirmNews, readShared } from "./use-share.ts";

export function sharingRoutes(app: App, deps: ShareDeps): void {
  app.route({
    method: "GET",
    url: "/v1/shopping-lists/:id/shares",
    config: { access: everybody },
    schema: { params: listParam, response: { 200: sharesAnswer } },
    handler: async (request) => ({
      items: await readShares(deps, readViewer(request), request.params.id),
      next: null,
    }),
  });
  app.route({
    method: "POST",
    url: "/v1/shopping-lists/:id/shares",
    config: { access: everybody, idempotent: true },
    schema: { params: listParam, body: shareBody, response: { 200: newShare } },
    handler: (request) => shareList(deps, readViewer(request), request.params.id, request.body),
  });
  app.route({
    method: "DELETE",
    url: "/v1/shopping-lists/:id/shares/:shareId",
    config: { access: everybody },
    schema: {
      params: listParam.extend({ shareId: z.uuid() }),
      response: { 200: z.object({ revoked: z.literal(true) }) },
    },
    handler: (request) => closeShare(deps, readViewer(request), request.params),
  });
  app.route({
    method: "POST",
    url: "/v1/shopping-lists/:id/mail-to-me",
    config: { access: device, idempotent: true },
    schema: { params: listParam, body: mailToMeBody, response: { 200: z.object({ sent: z.literal(true) }) } },
    handler: (request) => mailToMe(deps, readViewer(request), request.params.id, request.body),
  });
  app.route({
    method: "POST",
    url: "/v1/shopping-lists/:id/take-along",
    config: { access: device, idempotent: true },
    schema: { params: listParam, response: { 200: takeAlongAnswer } },
    handler: (request) => takeAlong(deps, readViewer(request), request.params.id),
  });
  app.route({
    method: "POST",
    url: "/v1/shopping-lists/lookup",
    config: { access: manage },
    schema: { body: linkBody, response: { 200: listBehindCode } },
    handler: ({ body }) => findByLink(deps, body.code),
  });
  app.route({
    method: "GET",
    url: "/v1/shopping-lists/shared",
    config: { access: device },
    schema: { response: { 200: sharedList } },
    handler: (request) => readShared(deps, readViewer(request)),
  });
  app.route({
    method: "POST",
    url: "/v1/shopping-lists/shared/claim",
    config: { access: ["shopper"], idempotent: true },
    schema: { response: { 200: shoppingList } },
    handler: (request) => claimList(deps, readViewer(request), shopper(request.principal)),
  });
  app.route({
    method: "POST",
    url: "/v1/shopping-lists/shared/confirm-news",
    config: { access: device },
    schema: { response: { 200: z.object({ confirmed: z.literal(true) }) } },
    handler: (request) => confirmNews(deps, readViewer(request)),
  });
}

function shopper(principal: Principal): Extract<Principal, { kind: "shopper" }> {
  if (principal.kind !== "shopper") throw refuse("forbidden");
  return principal;
}
