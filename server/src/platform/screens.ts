import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import fastifyStatic from "@fastify/static";
import type { FastifyReply } from "fastify";

import { platformErrors } from "./errors.ts";
import { type App, sendProblem } from "./http.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** Longest prefix first: a deep link below it is answered by that screen's page. */
const SCREENS = [
  { prefix: "/shop/", folder: "shop/dist" },
  { prefix: "/store/", folder: "store/dist" },
  { prefix: "/kiosk/", folder: "store/dist", page: "kiosk.html" },
  { prefix: "/sdk/", folder: "sdk/dist" },
  { prefix: "/", folder: "dashboard/dist" },
] as const;
const NOT_PAGES = /^\/(v1|t|assets|sdk|openapi|healthz|readyz|metrics)(\/|$|\.)/;
const HASHED_FILE = /-[\w-]{8}\.(js|css|svg|png|woff2|wasm)(\.br|\.gz)?$/;
/** `wasm-unsafe-eval` lets the barcode reader's wasm be compiled; it opens nothing for scripts. */
const HEADERS = {
  "content-security-policy":
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https: http:; connect-src 'self'; frame-src 'self' blob: data:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-content-type-options": "nosniff",
} as const;

/** Serves the built screens; an address inside a screen (a deep link) is answered with that screen's page. */
export function serveScreens(app: App): void {
  const built = SCREENS.map((screen) => ({ ...screen, files: filesIn(`${ROOT}${screen.folder}`) })).filter(
    ({ files }) => files.size > 0,
  );
  app.register(fastifyStatic, {
    root: ROOT,
    serve: false,
    cacheControl: false,
    // What was packed beside a file when it was built (scripts/pack-files.mjs).
    preCompressed: true,
    setHeaders(reply, path) {
      reply.header("cache-control", HASHED_FILE.test(path) ? "public, max-age=31536000, immutable" : "no-cache");
      reply.header("vary", "accept-encoding");
      for (const [name, value] of Object.entries(HEADERS)) reply.header(name, value);
    },
  });
  for (const { prefix, folder, files, ...screen } of built) {
    const page = "page" in screen ? screen.page : "index.html";
    if (prefix !== "/") {
      const bare = prefix.slice(0, -1);
      app.get(bare, { config: { access: ["public"] }, schema: { hide: true } }, (_request, reply) =>
        reply.redirect(prefix),
      );
    }
    app.get(`${prefix}*`, { config: { access: ["public"] }, schema: { hide: true } }, (request, reply) => {
      const path = pathOf(request.url);
      const file = path.slice(prefix.length);
      if (files.has(file)) return reply.sendFile(file, `${ROOT}${folder}`);
      const isPage = (request.headers.accept ?? "").includes("text/html") && !NOT_PAGES.test(path);
      return isPage ? reply.sendFile(page, `${ROOT}${folder}`) : notFound(reply);
    });
  }
  app.setNotFoundHandler((_request, reply) => notFound(reply));
}

function filesIn(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set();
  return new Set(readdirSync(folder, { recursive: true, encoding: "utf8" }));
}

function notFound(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, "not_found", platformErrors.not_found);
}

function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? "/";
}
