import type { Clock } from "../../platform/clock.ts";
import type { Outbound, OutboundAnswer } from "../../platform/outbound/outbound.ts";
import { OutboundError } from "../../platform/outbound/problems.ts";
import { signedHeaders } from "../../platform/outbound/standard-webhook.ts";
import { signingKeys } from "../../platform/outbound/webhook-secret.ts";
import type { Secrets } from "../../platform/secrets.ts";
import type { Try } from "../contracts.ts";
import type { Target } from "../queries/endpoints.pg.ts";
import { readRetryAfter } from "./schedule.ts";

const TIMEOUT_MS = 15_000;
const READ_BYTES = 2_048;
const KEPT_CHARACTERS = 500;

export type Verdict = "delivered" | "gone" | "again";

export interface Tried {
  readonly verdict: Verdict;
  readonly made: Try;
  readonly askedFor: Temporal.Instant | null;
  /** It does not answer, or says it cannot now: the next message would fare no better. */
  readonly isTrouble: boolean;
}

export interface TryDeps {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly outbound: Outbound;
}

/** Sends one message once. Only 2xx is a yes; a redirect is not followed and is none. Throws when `signal` aborts. */
export async function tryEndpoint(
  deps: TryDeps,
  target: Target,
  message: { readonly id: string; readonly body: string },
  signal?: AbortSignal,
): Promise<Tried> {
  const at = deps.clock.now();
  const began = performance.now();
  const headers = {
    "content-type": "application/json",
    "user-agent": "Kilim-Webhooks/1",
    ...signedHeaders(message.id, at, message.body, signingKeys(deps.secrets, target, at)),
  };
  const tried = (outcome: Pick<Try, "status" | "problem" | "answer">): Try => ({
    at: at.toString({ smallestUnit: "millisecond" }),
    ms: Math.round(performance.now() - began),
    ...outcome,
  });
  try {
    const answer = await deps.outbound.send({
      method: "POST",
      url: target.url,
      headers,
      body: message.body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: READ_BYTES,
      isRepeatable: true,
      ...(signal ? { signal } : {}),
    });
    const { status } = answer;
    return {
      verdict: status >= 200 && status < 300 ? "delivered" : status === 410 ? "gone" : "again",
      made: tried({ status, problem: null, answer: textOf(answer) }),
      askedFor: readRetryAfter(answer.headers["retry-after"], at),
      isTrouble: status === 429 || status >= 500,
    };
  } catch (error) {
    if (signal?.aborted || !(error instanceof OutboundError)) throw error;
    const made = tried({ status: null, problem: error.problem, answer: null });
    return { verdict: "again", made, askedFor: null, isTrouble: true };
  }
}

/** What PostgreSQL can keep of it; null for nothing. */
function textOf({ body }: OutboundAnswer): string | null {
  const text = body.toString("utf8").replaceAll("\0", "").slice(0, KEPT_CHARACTERS).toWellFormed();
  return text === "" ? null : text;
}
