import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

import type { App } from "../platform/http.ts";
import { answerClient, answerFailure, answerPixel } from "./answer-client.ts";
import type { EventType } from "./contracts.ts";
import { eventOfData, eventOfQuery } from "./read-pixel.ts";
import { type IntakeDeps, takeRequest } from "./take-request.ts";

export interface CollectRouteDeps extends IntakeDeps {
  readonly publicUrl: string;
}

const ONE_EVENT: Readonly<Record<string, EventType>> = {
  track: "track",
  identify: "identify",
  page: "page",
  screen: "screen",
  group: "group",
  alias: "alias",
  // RudderStack's: ids that are one person's.
  merge: "identify",
  t: "track",
  i: "identify",
  p: "page",
  s: "screen",
  g: "group",
  a: "alias",
};
export function collectRoutes(app: App, deps: CollectRouteDeps): void {
  app.register(async (scope) => {
    // Clients label JSON as text/plain, as a form, as anything: the bytes decide.
    scope.addHook("onRequest", async (request) => {
      request.raw.headers["content-type"] = "application/octet-stream";
    });
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: deps.intake.bodyBytes }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler((error, request, reply) => answerFailure(deps, error, request, reply));
    const post = (path: string, what: PostKind = {}) =>
      scope.post(path, { config: { access: ["public"] } }, (request, reply) => takePost(deps, request, reply, what));
    post("/v1/batch");
    post("/v1/b");
    post("/v1/import", { historical: true });
    for (const [path, type] of Object.entries(ONE_EVENT)) post(`/v1/${path}`, { type });
    // sendBeacon sets no header: RudderStack's client has its key in the query.
    post("/beacon/v1/batch", { hasUrlKey: true });
    // Other systems are given an address, and no header.
    post("/v1/webhook", { type: "track", hasUrlKey: true, isWebhook: true });
  });
  app.get(
    "/v1/projects/:writeKey/settings",
    { config: { access: ["public"] }, schema: { params: z.object({ writeKey: z.string() }) } },
    ({ params }) => clientSettings(params.writeKey, deps.publicUrl),
  );
  app.get<{ Params: { type: string }; Querystring: Record<string, unknown> }>(
    "/v1/pixel/:type",
    { config: { access: ["public"] } },
    (request, reply) => takePixel(deps, request, reply, request.params.type, eventOfData(request.query.data)),
  );
  app.get<{ Params: { type: string }; Querystring: Record<string, unknown> }>(
    "/pixel/v1/:type",
    { config: { access: ["public"] } },
    (request, reply) => takePixel(deps, request, reply, request.params.type, eventOfQuery(request.query)),
  );
}

interface PostKind {
  readonly type?: EventType;
  readonly historical?: boolean;
  readonly hasUrlKey?: boolean;
  readonly isWebhook?: boolean;
}

const NO_BODY = Buffer.alloc(0);

async function takePost(
  deps: CollectRouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { type, historical, hasUrlKey, isWebhook }: PostKind,
): Promise<FastifyReply> {
  const urlKey = hasUrlKey ? (request.query as { writeKey?: unknown }).writeKey : null;
  const taken = await takeRequest(deps, {
    body: Buffer.isBuffer(request.body) ? request.body : NO_BODY,
    headers: request.headers,
    ip: request.ip,
    urlKey: typeof urlKey === "string" ? urlKey : null,
    type: type ?? null,
    historical: historical ?? false,
    isWebhook: isWebhook ?? false,
    isBrowser: request.headers.origin !== undefined || request.headers["sec-fetch-site"] !== undefined,
  });
  return answerClient(deps.clock, request, reply, taken);
}

async function takePixel(
  deps: CollectRouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  body: string,
): Promise<FastifyReply> {
  const type = Object.hasOwn(ONE_EVENT, path) ? ONE_EVENT[path] : undefined;
  if (type) {
    try {
      const { headers, ip } = request;
      await takeRequest(deps, { body, headers, ip, urlKey: null, type, historical: false, isBrowser: true });
    } catch (error) {
      request.log.error(
        { err: error, reqId: request.id, route: request.routeOptions.url },
        "an event could not be stored",
      );
    }
  }
  return answerPixel(reply);
}

/** What analytics.js asks its CDN for; the least that makes it send to us. */
function clientSettings(writeKey: string, publicUrl: string) {
  const url = new URL(publicUrl);
  return {
    integrations: {
      "Segment.io": { apiKey: writeKey, apiHost: `${url.host}/v1`, protocol: url.protocol.replace(":", "") },
    },
    plan: { track: { __default: { enabled: true } }, identify: { __default: { enabled: true } } },
  };
}
