import type { IncomingHttpHeaders } from "node:http";

import { keyOf } from "../platform/authenticate.ts";
import type { Clock } from "../platform/clock.ts";
import type { IntakeSettings } from "../platform/intake-settings.ts";
import type { KeyRing } from "../platform/keys.ts";
import { checkEvents, type PlanCheck, type Rejection } from "./accept-events.ts";
import type { Backpressure } from "./backpressure.ts";
import type { EventType } from "./contracts.ts";
import type { requestErrors } from "./errors.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { RateLimit } from "./rate-limit.ts";
import { parseBody, readBody } from "./read-body.ts";
import type { RejectionLog } from "./rejections/rejection-log.ts";
import { eventOfWebhook } from "./rudder-calls.ts";

export interface IntakeDeps {
  readonly clock: Clock;
  readonly keys: KeyRing;
  readonly commit: GroupCommit;
  readonly backpressure: Backpressure;
  readonly rate: RateLimit;
  readonly rejections: RejectionLog;
  readonly intake: IntakeSettings;
  readonly plan: PlanCheck;
}

export interface Request {
  /** As it came, or already as text. */
  readonly body: Buffer | string;
  readonly headers: IncomingHttpHeaders;
  readonly ip: string;
  /** A key that stands in the URL: only where a client has no other way. */
  readonly urlKey: string | null;
  /** The type of the one event the body is; null for a batch. */
  readonly type: EventType | null;
  readonly historical: boolean;
  /** The body is not an event but what another system tells. */
  readonly isWebhook?: boolean;
  readonly isBrowser: boolean;
}

type RequestErrorCode = keyof typeof requestErrors;

export type Taken =
  | { readonly rejected: readonly Rejection[] }
  | { readonly refused: RequestErrorCode; readonly retryAfterMs?: number };

const FULL_MS = 5_000;

/** Takes the events of one request in: returns once what was not rejected is durable; throws when it is not. */
export async function takeRequest(deps: IntakeDeps, request: Request): Promise<Taken> {
  const { intake, rate, commit, rejections } = deps;
  const refuse = (code: RequestErrorCode, about?: Parameters<RejectionLog["request"]>[1], retryAfterMs?: number) => {
    rejections.request(code, about);
    return retryAfterMs === undefined ? { refused: code } : { refused: code, retryAfterMs };
  };
  if (deps.backpressure.isFull() || commit.bytes > intake.waitingBytes) return refuse("inbox_full", {}, FULL_MS);
  const receivedAt = deps.clock.now().epochMilliseconds;
  const inHeader = keyOf(request.headers.authorization) ?? request.urlKey;
  const known = inHeader ? await deps.keys.find(inHeader) : null;
  // Before the body costs anything.
  const headerWait = known ? rate.waitMs(known.id, receivedAt) : 0;
  if (known && headerWait > 0) return refuse("key_rate", { source: known.id }, headerWait);
  const read = typeof request.body === "string" ? parseBody(request.body) : readBody(request.body, intake.bodyBytes);
  if ("refused" in read)
    return refuse(read.refused, {
      ...(known ? { source: known.id } : {}),
      ...(read.text === undefined ? {} : { text: read.text }),
    });
  const { body, text } = read;
  // Some clients send no header at all, others a token of another server beside the key.
  const inBody = typeof body.writeKey === "string" ? body.writeKey : null;
  const key = known ?? (inBody ? await deps.keys.find(inBody) : null);
  if (!key) return refuse("invalid_write_key", { key: inBody ?? inHeader });
  const wait = rate.waitMs(key.id, receivedAt);
  if (wait > 0) return refuse("key_rate", { source: key.id }, wait);
  const { isWebhook = false } = request;
  const webhookId = request.headers["webhook-id"];
  const one = isWebhook ? eventOfWebhook(body, typeof webhookId === "string" ? webhookId : undefined) : body;
  const events = request.type === null ? body.batch : [one];
  if (!Array.isArray(events)) return refuse("invalid_body", { source: key.id, text });
  if (events.length > intake.batchEvents) return refuse("batch_too_large", { source: key.id });
  rate.take(key.id, events.length, receivedAt);
  const { type, historical, ip, isBrowser } = request;
  const { eventBytes } = intake;
  const userAgent = request.headers["user-agent"];
  const { plan } = deps;
  const facts = {
    source: key.id,
    receivedAt,
    historical,
    type,
    isWebhook,
    text,
    eventBytes,
    ip,
    isBrowser,
    userAgent,
    plan,
  };
  const { entries, rejected } = checkEvents(body, events, facts);
  if (rejected.length > 0) rejections.events(key.id, events, rejected);
  if (entries.length > 0) await commit.add(entries);
  rejections.accepted(key.id, entries.length);
  return { rejected };
}
