import type { App } from "./http.ts";

const ALLOWED_HEADERS =
  "authorization, content-type, content-encoding, x-retry-count, anonymousid, idempotency-key, x-kilim-anonymous-id, x-kilim-shopper, x-kilim-list-share";
const ONE_DAY_S = "86400";

/**
 * The shop's pages are another origin: whatever a write key opens may be called from there. No cookie is ever sent
 * along (`*` forbids it), so a signed-in member of staff is never acted for by another site.
 */
export function allowOtherOrigins(app: App): void {
  for (const paths of ["/v1/*", "/beacon/v1/*", "/pixel/v1/*"]) {
    app.options(paths, { config: { access: ["public"] }, schema: { hide: true } }, (_request, reply) =>
      reply
        .code(204)
        .header("access-control-allow-origin", "*")
        .header("access-control-allow-methods", "GET, POST, PUT, DELETE, OPTIONS")
        .header("access-control-allow-headers", ALLOWED_HEADERS)
        .header("access-control-max-age", ONE_DAY_S)
        .send(),
    );
  }
  app.addHook("onSend", async (request, reply) => {
    const access = request.routeOptions.config.access ?? [];
    if (!access.some((who) => who === "write" || who === "shopper" || who === "public")) return;
    reply.header("access-control-allow-origin", "*");
    reply.header("access-control-expose-headers", "retry-after, x-ratelimit-reset");
  });
}
