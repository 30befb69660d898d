import type { App } from "../../platform/http.ts";
import { cursorId, pageQuery, toPage } from "../../platform/pages.ts";
import { actorOf, manage } from "../../platform/principal.ts";
import { idParams } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { listImages, loadImage } from "../queries/images.pg.ts";
import { imagePage, imageUpload, imageView, viewOf } from "./contracts.ts";
import { uploadImage } from "./upload-image.ts";

const MOST_BYTES = 5_000_000;

export function imageRoutes(root: App, deps: MessagesDeps): void {
  void root.register(async (plugin) => {
    const app = plugin as unknown as App;
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    app.post(
      "/v1/images",
      { config: { access: manage }, schema: { querystring: imageUpload, response: { 201: imageView } } },
      async (request, reply) => {
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const about = { name: request.query.name, author: actorOf(request.principal) };
        return reply.code(201).send(viewOf(await uploadImage(deps, bytes, about), deps.publicUrl));
      },
    );
  });
  root.get(
    "/v1/images",
    { config: { access: manage }, schema: { querystring: pageQuery, response: { 200: imagePage } } },
    async ({ query }) => {
      const found = await listImages(deps.db, cursorId(query.after), query.limit + 1);
      const page = toPage(found, query.limit, ({ id }) => [id]);
      return { ...page, items: page.items.map((row) => viewOf(row, deps.publicUrl)) };
    },
  );
  root.get(
    "/assets/images/:id",
    { config: { access: ["public"] }, schema: { params: idParams } },
    async (request, reply) => {
      const image = await loadImage(deps.db, request.params.id);
      if (!image) throw refuse("image_not_found");
      return (
        reply
          .type(image.media_type)
          // The bytes under an id never change.
          .header("cache-control", "public, max-age=31536000, immutable")
          .header("content-security-policy", "default-src 'none'; sandbox")
          .header("cross-origin-resource-policy", "cross-origin")
          .header("x-content-type-options", "nosniff")
          .send(image.bytes)
      );
    },
  );
}
