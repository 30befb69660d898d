import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RawServerDefault,
} from "fastify";
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";

import {
  type AppError,
  AppError as AppErrorClass,
  type ErrorEntry,
  type FieldError,
  platformErrors,
  refuse,
} from "./errors.ts";
import { isTooDeep } from "./json-depth.ts";
import { findUnkeptText, isSuspicious } from "./json-text.ts";
import { type Access, isAllowed, type Principal } from "./principal.ts";

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may call; a route without it is refused at start. */
    access?: readonly Access[];
    /** Honour `Idempotency-Key` (POST only). */
    idempotent?: boolean;
    /** It judges row by row: a text that no engine keeps must not sink its neighbours. */
    judgesTexts?: boolean;
  }
  interface FastifyRequest {
    principal: Principal;
  }
}

export interface HttpOptions {
  readonly authenticate: (request: FastifyRequest) => Promise<Principal>;
  readonly log: FastifyBaseLogger;
  /** Our own origin, for the check that a signed-in browser's write comes from our own screens. */
  readonly publicUrl: string;
  /** Proxies whose `X-Forwarded-For` says who called. */
  readonly trustedProxies?: readonly string[];
}

/** Bodies of management calls; the event endpoints set their own. */
const BODY_LIMIT = 1_048_576;
const MAX_DEPTH = 64;
/** So much of a refused body is still taken off the line, and for so long. */
const DROPPED_BYTES = 64 * 1_048_576;
const DROPPED_MS = 30_000;
const JSON_TYPE = "application/json; charset=utf-8";
const PROBLEM = "application/problem+json";
const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);

export function buildApp(options: HttpOptions): App {
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    // A line about a request names it itself: a logger for each that is never used costs more than its routing.
    childLoggerFactory: (log) => log,
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 4096 },
    // A slow or dead browser must not hold a stop back.
    forceCloseConnections: true,
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
  }).withTypeProvider<ZodTypeProvider>() as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest("principal");
  readJsonBodies(app);
  app.addHook("onRoute", (route) => {
    if (route.method === "HEAD" || route.method === "OPTIONS") return;
    if (!route.config?.access) throw new TypeError(`route ${route.method} ${route.url} does not say who may call it`);
  });
  app.addHook("onRequest", async (request) => {
    if (request.raw.url?.includes("%00")) throw refuse("invalid_request", "An address holds no NUL.");
    const access = request.routeOptions.config.access ?? ["public"];
    request.principal =
      access.length === 1 && access[0] === "public" ? { kind: "anonymous" } : await options.authenticate(request);
    if (!isAllowed(access, request.principal)) {
      throw refuse(request.principal.kind === "anonymous" ? "unauthenticated" : "forbidden");
    }
    if (request.principal.kind === "staff" && UNSAFE.has(request.method)) checkSameOrigin(request, options.publicUrl);
  });
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  return app;
}

function readJsonBodies(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ["application/json", "application/problem+json"],
    { parseAs: "string" },
    (request, body, done) => {
      try {
        const json = parseJson(body as string);
        if (!request.routeOptions.config.judgesTexts) refuseUnkeptText(body as string, json);
        done(null, json);
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function parseJson(text: string): unknown {
  if (text.trim() === "") return undefined;
  if (isTooDeep(text, MAX_DEPTH))
    throw refuse("invalid_request", `The JSON is nested more than ${MAX_DEPTH} levels deep.`);
  try {
    return JSON.parse(text, (key, value: unknown) => (key === "__proto__" ? undefined : value));
  } catch (cause) {
    throw new AppErrorClass("malformed_json", platformErrors.malformed_json, undefined, [], cause);
  }
}

function refuseUnkeptText(text: string, body: unknown): void {
  const path = isSuspicious(text) ? findUnkeptText(body) : null;
  if (path !== null) {
    throw refuse("invalid_request", undefined, [
      { path: path || "body", message: "text without NUL, in valid Unicode" },
    ]);
  }
}

/** A cookie alone does not authorise a write: it must come from a page of ours (CSRF). */
function checkSameOrigin(request: FastifyRequest, publicUrl: string): void {
  const site = request.headers["sec-fetch-site"];
  if (site === "same-origin" || site === "none") return;
  const origin = request.headers.origin;
  if (
    site === undefined &&
    (origin === undefined || origin === new URL(publicUrl).origin || originHost(origin) === request.headers.host)
  )
    return;
  throw refuse("forbidden", "A signed-in browser may only write from our own pages.");
}

function originHost(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof AppErrorClass) {
    if (error.entry.status >= 500 && error.cause !== undefined)
      request.log.warn({ err: error.cause, reqId: request.id, route: request.routeOptions.url }, error.message);
    return sendAppError(reply, error);
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map((issue) => ({
      path: fieldPath(issue.instancePath),
      message: issue.message ?? "not valid",
    }));
    return sendProblem(reply, "invalid_request", platformErrors.invalid_request, undefined, fields);
  }
  const status = statusOf(error);
  if (status === 413) {
    hearOut(request, reply);
    return sendProblem(reply, "too_large", platformErrors.too_large);
  }
  if (status === 415)
    return sendProblem(
      reply,
      "malformed_json",
      platformErrors.malformed_json,
      "Send `Content-Type: application/json`.",
    );
  if (status !== undefined && status >= 400 && status < 500)
    return sendProblem(reply, "invalid_request", { ...platformErrors.invalid_request, status });
  const detail = isResponseSerializationError(error)
    ? { issues: error.cause.issues.map((issue) => issue.path.join(".")) }
    : {};
  request.log.error({ err: error, reqId: request.id, route: request.routeOptions.url, ...detail }, "a request failed");
  return sendProblem(reply, "internal", platformErrors.internal, `Trace ${request.id}`);
}

/** Whoever is still sending what is refused hears the reason rather than a broken line: what comes is read and dropped. */
export function hearOut({ headers, raw }: FastifyRequest, reply: FastifyReply): void {
  if (Number(headers["content-length"]) > DROPPED_BYTES) return;
  reply.removeHeader("connection");
  let dropped = 0;
  raw.on("data", (chunk: Buffer) => {
    dropped += chunk.length;
    if (dropped > DROPPED_BYTES) raw.destroy();
  });
  const patience = setTimeout(() => raw.destroy(), DROPPED_MS).unref();
  raw.once("close", () => clearTimeout(patience));
}

function statusOf(error: unknown): number | undefined {
  return typeof error === "object" && error !== null && "statusCode" in error && typeof error.statusCode === "number"
    ? error.statusCode
    : undefined;
}

/** `/items/0/name` → `items.0.name`. */
function fieldPath(pointer: string): string {
  return pointer.split("/").filter(Boolean).join(".") || "body";
}

function sendAppError(reply: FastifyReply, error: AppError): FastifyReply {
  const detail = error.message === error.entry.title ? undefined : error.message;
  return sendProblem(reply, error.code, error.entry, detail, error.fields);
}

/** An answer that was made into JSON before, by the schema of its route. */
export function sendJson(reply: FastifyReply, bytes: Buffer): FastifyReply {
  return reply.header("content-type", JSON_TYPE).send(bytes);
}

/** RFC 9457. `type` names the error's entry in docs/errors.md. */
export function sendProblem(
  reply: FastifyReply,
  code: string,
  entry: ErrorEntry,
  detail?: string,
  fields: readonly FieldError[] = [],
): FastifyReply {
  const problem = {
    type: `/docs/errors#${code}`,
    title: entry.title,
    status: entry.status,
    code,
    detail: detail ?? entry.remedy,
    ...(fields.length > 0 ? { errors: fields } : {}),
  };
  return reply
    .code(entry.status)
    .header("content-type", PROBLEM)
    .serializer((payload: unknown) => (typeof payload === "string" ? payload : JSON.stringify(payload)))
    .send(problem);
}
