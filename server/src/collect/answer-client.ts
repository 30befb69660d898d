import type { FastifyReply, FastifyRequest } from "fastify";

import type { Clock } from "../platform/clock.ts";
import { hearOut } from "../platform/http.ts";
import { requestErrors } from "./errors.ts";
import type { RejectionLog } from "./rejections/rejection-log.ts";
import type { Taken } from "./take-request.ts";

const AWAY_MS = 5_000;
/** While the database is away every request ends alike: one line says as much as thousands. */
const SAID_EVERY_MS = 1_000;
let saidAt = Number.NEGATIVE_INFINITY;
let unsaid = 0;
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** What happened to a request's events, in the form Segment's clients understand. */
export function answerClient(clock: Clock, request: FastifyRequest, reply: FastifyReply, taken: Taken): FastifyReply {
  if ("refused" in taken) return refuseRequest(clock, request, reply, taken.refused, taken.retryAfterMs);
  const { rejected } = taken;
  return reply
    .header("content-type", "application/json; charset=utf-8")
    .send({ success: true, ...(rejected.length > 0 ? { rejected } : {}) });
}

/** The same for what a request ended in: too large, cut off, or not durable. */
export function answerFailure(
  { clock, rejections }: { readonly clock: Clock; readonly rejections: RejectionLog },
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined;
  if (typeof status === "number" && status < 500) {
    const code = status === 413 ? "body_too_large" : "invalid_body";
    if (status === 413) hearOut(request, reply);
    rejections.request(code);
    return refuseRequest(clock, request, reply, code);
  }
  sayNotDurable(request, error);
  return refuseRequest(clock, request, reply, "not_durable", AWAY_MS);
}

function sayNotDurable(request: FastifyRequest, error: unknown): void {
  unsaid += 1;
  if (performance.now() - saidAt < SAID_EVERY_MS) return;
  request.log.error(
    { err: error, reqId: request.id, route: request.routeOptions.url, requests: unsaid },
    "events could not be stored",
  );
  saidAt = performance.now();
  unsaid = 0;
}

/** A picture of one dot, whatever became of the event: it stands in somebody's page or mail. */
export function answerPixel(reply: FastifyReply): FastifyReply {
  return reply.header("content-type", "image/gif").header("cache-control", "no-store").send(GIF);
}

function refuseRequest(
  clock: Clock,
  request: FastifyRequest,
  reply: FastifyReply,
  code: keyof typeof requestErrors,
  retryAfterMs?: number,
): FastifyReply {
  const { status, title, remedy } = requestErrors[code];
  if (retryAfterMs !== undefined) {
    const seconds = Math.ceil(retryAfterMs / 1000);
    reply.header("retry-after", seconds);
    if (status === 429) reply.header("x-ratelimit-reset", resetOf(clock, request.headers["user-agent"], seconds));
  }
  return reply.code(status).send({ success: false, code, message: `${title} ${remedy}` });
}

/** Segment's Node client before 3.0 reads it as milliseconds since 1970, its browser client as seconds from now. */
function resetOf(clock: Clock, userAgent: string | undefined, seconds: number): number {
  const isNode = userAgent?.startsWith("analytics-node") ?? false;
  return isNode ? clock.now().epochMilliseconds + seconds * 1000 : seconds;
}
