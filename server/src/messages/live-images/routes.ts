import type { App } from "../../platform/http.ts";
import { tokenParams } from "../contracts.ts";
import { refuse } from "../errors.ts";
import type { TrackingTokens } from "../tracking/tokens.ts";
import type { LiveImages } from "./live-images.ts";

/**
 * Pictures that are drawn when they are opened. Caches have to ask each time, also those of mail providers; when
 * nothing has changed they are told so without the picture.
 */
export function liveImageRoutes(
  app: App,
  { tokens, liveImages }: { readonly tokens: TrackingTokens; readonly liveImages: LiveImages },
): void {
  app.get(
    "/t/i/:token",
    { config: { access: ["public"] as const }, schema: { params: tokenParams } },
    async (request, reply) => {
      const subject = tokens.readImage(request.params.token);
      if (subject === null) throw refuse("link_not_valid");
      const { png, etag } = await liveImages.picture(subject);
      reply
        .header("cache-control", "no-cache, max-age=0, must-revalidate")
        .header("etag", etag)
        .header("cross-origin-resource-policy", "cross-origin")
        .header("x-content-type-options", "nosniff");
      if (request.headers["if-none-match"] === etag) return reply.code(304).send();
      return reply.type("image/png").send(png);
    },
  );
}
