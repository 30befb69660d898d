import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

import { keyOf } from "../platform/authenticate.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { App } from "../platform/http.ts";
import { isJsonObject, type JsonObject } from "../platform/json.ts";
import type { KeyRing } from "../platform/keys.ts";
import { checkEvents } from "./accept-events.ts";
import type { Backpressure } from "./backpressure.ts";
import type { EventType } from "./contracts.ts";
import { requestErrors } from "./errors.ts";
import type { GroupCommit } from "./group-commit.ts";
import { limits } from "./limits.ts";
import { readText } from "./read-body.ts";
import type { RejectionLog } from "./rejections/rejection-log.ts";

export interface CollectRouteDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly keys: KeyRing;
  readonly commit: GroupCommit;
  readonly backpressure: Backpressure;
  readonly rejections: RejectionLog;
  readonly publicUrl: string;
}

const ONE_EVENT: Readonly<Record<string, EventType>> = {
  track: "track",
  identify: "identify",
  page: "page",
  screen: "screen",
  group: "group",
  alias: "alias",
  t: "track",
  i: "identify",
  p: "page",
  s: "screen",
  g: "group",
  a: "alias",
};
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const RETRY_AFTER_S = 5;

export function collectRoutes(app: App, deps: CollectRouteDeps): void {
  app.register(async (scope) => {
    // Clients label JSON as text/plain, as a form, as anything: the bytes decide.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: limits.bodyBytes }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler((error, request, reply) => answerFailure(deps, error, request, reply));
    for (const path of ["batch", "import", "b"]) {
      scope.post(`/v1/${path}`, { config: { access: ["public"] } }, (request, reply) =>
        collect(deps, request, reply, null, path === "import"),
      );
    }
    for (const [path, type] of Object.entries(ONE_EVENT)) {
      scope.post(`/v1/${path}`, { config: { access: ["public"] } }, (request, reply) =>
        collect(deps, request, reply, type, false),
      );
    }
  });
  app.get(
    "/v1/projects/:writeKey/settings",
    { config: { access: ["public"] }, schema: { params: z.object({ writeKey: z.string() }) } },
    ({ params }) => clientSettings(params.writeKey, deps.publicUrl),
  );
  app.get(
    "/v1/pixel/:type",
    {
      config: { access: ["public"] },
      schema: {
        params: z.object({ type: z.string() }),
        querystring: z.object({ data: z.string().max(8_000).optional() }),
      },
    },
    async (request, reply) => {
      await collectPixel(deps, request.params.type, request.query.data);
      return reply.header("content-type", "image/gif").header("cache-control", "no-store").send(GIF);
    },
  );
}

async function collect(
  deps: CollectRouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  type: EventType | null,
  historical: boolean,
) {
  const refuse = (code: RequestErrorCode, about?: Parameters<RejectionLog["request"]>[1]) => {
    deps.rejections.request(code, about);
    return refuseRequest(reply, code);
  };
  if (deps.backpressure.isFull()) {
    reply.header("retry-after", RETRY_AFTER_S);
    return refuse("inbox_full");
  }
  const text = Buffer.isBuffer(request.body) ? readText(request.body) : "";
  if (isRefusal(text)) return refuse(text);
  const body = parse(text);
  if (!body) return refuse("invalid_json", { text });
  const given = keyOf(request.headers.authorization) ?? (typeof body.writeKey === "string" ? body.writeKey : "");
  const key = await deps.keys.find(given);
  if (!key) return refuse("invalid_write_key", { key: given });
  const events = type === null ? body.batch : [body];
  if (!Array.isArray(events)) return refuse("invalid_body", { source: key.id, text });
  if (events.length > limits.batchEvents) return refuse("batch_too_large", { source: key.id });
  const receivedAt = deps.clock.now().epochMilliseconds;
  const { entries, rejected } = checkEvents(body, events, { source: key.id, receivedAt, historical, type, text });
  if (rejected.length > 0) deps.rejections.events(key.id, events, rejected);
  if (entries.length > 0) await deps.commit.add(entries);
  deps.rejections.accepted(key.id, entries.length);
  return reply
    .header("content-type", "application/json; charset=utf-8")
    .send({ success: true, ...(rejected.length > 0 ? { rejected } : {}) });
}

async function collectPixel(deps: CollectRouteDeps, path: string, data: string | undefined): Promise<void> {
  const type = ONE_EVENT[path];
  const text = data ? Buffer.from(data, "base64").toString("utf8") : "";
  const body = parse(text);
  const key = body && typeof body.writeKey === "string" ? await deps.keys.find(body.writeKey) : null;
  if (!type || !body || !key) return;
  const receivedAt = deps.clock.now().epochMilliseconds;
  const facts = { source: key.id, receivedAt, historical: false, type, text };
  const { entries, rejected } = checkEvents(body, [body], facts);
  if (rejected.length > 0) deps.rejections.events(key.id, [body], rejected);
  if (entries.length > 0) await deps.commit.add(entries);
  deps.rejections.accepted(key.id, entries.length);
}

type RequestErrorCode = keyof typeof requestErrors;

function isRefusal(text: string): text is RequestErrorCode {
  return Object.hasOwn(requestErrors, text);
}

function parse(text: string): JsonObject | null {
  try {
    const body: unknown = JSON.parse(text);
    return isJsonObject(body) ? body : null;
  } catch {
    return null;
  }
}

function refuseRequest(reply: FastifyReply, code: RequestErrorCode): FastifyReply {
  const { status, title, remedy } = requestErrors[code];
  return reply.code(status).send({ success: false, code, message: `${title} ${remedy}` });
}

function answerFailure(
  deps: CollectRouteDeps,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined;
  const code = status === 413 ? "body_too_large" : "invalid_body";
  if (status === 413 || (typeof status === "number" && status < 500)) {
    deps.rejections.request(code);
    return refuseRequest(reply, code);
  }
  request.log.error({ err: error, route: request.routeOptions.url }, "events could not be stored");
  return refuseRequest(reply.header("retry-after", RETRY_AFTER_S), "not_durable");
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
