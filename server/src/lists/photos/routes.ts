import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { listParam, photoAnswer } from "../contracts.ts";
import type { ListDeps } from "../shopping/make-list.ts";
import { everybody } from "../shopping/routes.ts";
import { readViewer } from "../shopping/viewer.ts";
import { readPhoto, savePhoto } from "./save-photo.ts";

const MOST_BYTES = 8 * 1024 * 1024;

export function photoRoutes(app: App, deps: ListDeps): void {
  app.register(async (scope) => {
    // What a photo is called does not matter: it is taken for what its bytes say.
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    (scope as App).route({
      method: "POST",
      url: "/v1/shopping-lists/:id/photos",
      config: { access: everybody },
      bodyLimit: MOST_BYTES,
      schema: { params: listParam, response: { 200: photoAnswer } },
      handler: (request) => savePhoto(deps, readViewer(request), request.params.id, request.body),
    });
  });
  app.route({
    method: "GET",
    url: "/v1/shopping-lists/:id/photos/:photoId",
    config: { access: everybody },
    schema: { params: listParam.extend({ photoId: z.uuid() }) },
    handler: async (request, reply) => {
      const { type, bytes } = await readPhoto(deps.db, deps, readViewer(request), request.params);
      return reply
        .header("content-type", type)
        .header("x-content-type-options", "nosniff")
        .header("content-security-policy", "default-src 'none'; sandbox")
        .send(bytes);
    },
  });
}
