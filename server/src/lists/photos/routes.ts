import type { FastifyReply } from "fastify";
import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { device, manage } from "../../platform/principal.ts";
import { listParam, photoAnswer } from "../contracts.ts";
import { readHolder } from "../read-holder.ts";
import { refParam } from "../routes.ts";
import type { ListDeps } from "../shopping/make-list.ts";
import { everybody } from "../shopping/routes.ts";
import { readViewer, staffOf } from "../shopping/viewer.ts";
import type { PhotoRow } from "./queries/photos.pg.ts";
import { readCartPhoto, readPhoto, saveCartPhoto, savePhoto } from "./save-photo.ts";

const MOST_BYTES = 8 * 1024 * 1024;
const photoParam = z.object({ photoId: z.uuid() });

export function photoRoutes(app: App, deps: ListDeps): void {
  app.register(async (plain) => {
    // What a photo is called does not matter: it is taken for what its bytes say.
    plain.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    const scope = plain as App;
    scope.route({
      method: "POST",
      url: "/v1/shopping-lists/:id/photos",
      config: { access: everybody },
      bodyLimit: MOST_BYTES,
      schema: { params: listParam, response: { 200: photoAnswer } },
      handler: (request) => savePhoto(deps, readViewer(request), request.params.id, request.body),
    });
    scope.route({
      method: "POST",
      url: "/v1/cart/photos",
      config: { access: device },
      bodyLimit: MOST_BYTES,
      schema: { response: { 200: photoAnswer } },
      handler: (request) => saveCartPhoto(deps, readHolder(request), request.body),
    });
    scope.route({
      method: "POST",
      url: "/v1/profiles/:ref/cart/photos",
      config: { access: manage },
      bodyLimit: MOST_BYTES,
      schema: { params: refParam, response: { 200: photoAnswer } },
      handler: ({ principal, params, body }) => saveCartPhoto(deps, { ...staffOf(principal), ...params }, body),
    });
  });
  app.route({
    method: "GET",
    url: "/v1/shopping-lists/:id/photos/:photoId",
    config: { access: everybody },
    schema: { params: listParam.extend(photoParam.shape) },
    handler: async (request, reply) => send(reply, await readPhoto(deps.db, deps, readViewer(request), request.params)),
  });
  app.route({
    method: "GET",
    url: "/v1/cart/photos/:photoId",
    config: { access: device },
    schema: { params: photoParam },
    handler: async (request, reply) =>
      send(reply, await readCartPhoto(deps.db, readHolder(request), request.params.photoId)),
  });
  app.route({
    method: "GET",
    url: "/v1/profiles/:ref/cart/photos/:photoId",
    config: { access: manage },
    schema: { params: refParam.extend(photoParam.shape) },
    handler: async ({ principal, params }, reply) =>
      send(reply, await readCartPhoto(deps.db, { ...staffOf(principal), ref: params.ref }, params.photoId)),
  });
}

function send(reply: FastifyReply, { type, bytes }: PhotoRow) {
  return reply
    .header("content-type", type)
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "default-src 'none'; sandbox")
    .send(bytes);
}
