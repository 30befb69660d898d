import type { FastifyReply } from "fastify";
import { z } from "zod";

import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { App } from "../../platform/http.ts";
import { manage } from "../../platform/principal.ts";
import { photoList, photoOrder, photoQuery } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { MOST_PHOTO_BYTES } from "./clean-photo.ts";
import { readPhoto, readPng, readSvg } from "./read-picture.ts";
import { arrangePhotos, removePhoto, savePhoto } from "./save-photo.ts";

const byId = z.object({ id: z.uuid() });
const config = { access: manage };
const DAY = "public, max-age=86400";
/** The bytes under an id never change. */
const FOR_EVER = "public, max-age=31536000, immutable";

export function photoRoutes(app: App, deps: { readonly db: Db; readonly clock: Clock }): void {
  const { db } = deps;
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    (scope as App).post(
      "/v1/products/:id/photos",
      {
        config,
        bodyLimit: MOST_PHOTO_BYTES,
        schema: { params: byId, querystring: photoQuery, response: { 201: photoList } },
      },
      async ({ params, query, body }, reply) => {
        const input = { productId: params.id, variantId: query.variant ?? null, alt: query.alt, bytes: bytesOf(body) };
        return reply.code(201).send({ items: await savePhoto(deps, input), next: null });
      },
    );
  });
  app.put(
    "/v1/products/:id/photos",
    { config, schema: { params: byId, body: photoOrder, response: { 200: photoList } } },
    async ({ params, body }) => ({ items: await arrangePhotos(deps, params.id, body.photos), next: null }),
  );
  app.delete("/v1/photos/:id", { config, schema: { params: byId } }, async ({ params }, reply) => {
    await removePhoto(deps, params.id);
    return reply.code(204).send();
  });
  const pictures = { config: { access: ["public"] as const }, schema: { params: byId } };
  app.get("/assets/products/:id.svg", pictures, async ({ params }, reply) =>
    picture(reply, "image/svg+xml", DAY, await readSvg(db, params.id)),
  );
  app.get("/assets/products/:id.png", pictures, async ({ params }, reply) =>
    picture(reply, "image/png", DAY, await readPng(db, params.id)),
  );
  app.get(
    "/assets/photos/:id.jpg",
    {
      ...pictures,
      schema: { params: byId, querystring: z.object({ w: z.coerce.number().int().min(1).max(10_000).optional() }) },
    },
    async ({ params, query }, reply) =>
      picture(reply, "image/jpeg", FOR_EVER, await readPhoto(db, params.id, query.w ?? null)),
  );
}

function bytesOf(body: unknown): Buffer {
  if (!Buffer.isBuffer(body)) throw refuse("bad_photo");
  return body;
}

/** The policy keeps a picture opened by itself from running anything. */
function picture(reply: FastifyReply, type: string, cache: string, body: string | Buffer): FastifyReply {
  return reply
    .header("content-type", type)
    .header("cache-control", cache)
    .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
    .header("cross-origin-resource-policy", "cross-origin")
    .header("x-content-type-options", "nosniff")
    .send(body);
}
