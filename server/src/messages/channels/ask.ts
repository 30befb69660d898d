import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";

import type { Outbound, OutboundRequest } from "../../platform/outbound/outbound.ts";
import type { Check, No } from "./adapter.ts";
import { reasonOf } from "./adapter.ts";

/** Well inside a claim's lease. */
const TIMEOUT_MS = 20_000;
const MAX_BYTES = 1_000_000;

export interface Question {
  readonly method: OutboundRequest["method"];
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a form. */
  readonly form?: URLSearchParams;
  readonly body?: string | Buffer;
  /** Whether coming twice does no harm. */
  readonly isRepeatable?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Asks a provider; throws OutboundError when there is no answer. */
export async function ask(http: Pick<Outbound, "send">, question: Question): Promise<Answer> {
  const { method, url, json, form, isRepeatable } = question;
  const body = json !== undefined ? JSON.stringify(json) : form !== undefined ? form.toString() : question.body;
  const type =
    json !== undefined ? "application/json" : form !== undefined ? "application/x-www-form-urlencoded" : null;
  const answer = await http.send({
    method,
    url,
    headers: { accept: "application/json", ...(type === null ? {} : { "content-type": type }), ...question.headers },
    ...(body === undefined ? {} : { body }),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    isRepeatable: isRepeatable ?? false,
  });
  return { status: answer.status, headers: answer.headers, text: answer.body.toString("utf8") };
}

export const isYes = (answer: Answer): boolean => answer.status >= 200 && answer.status < 300;

/** The answer's JSON as its provider documents it; null when it is anything else. */
export function readAnswer<T extends z.ZodType>(answer: Answer, schema: T): z.infer<T> | null {
  const read = schema.safeParse(parseJson(answer.text));
  return read.success ? read.data : null;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * A yes that cannot be read came from something between us and the provider, not from it: tried again, since a message
 * that comes twice does less harm than one that is lost.
 */
export const UNREADABLE: No = { kind: "transient", reason: "the answer is not what the provider documents" };

/** What a no means where a provider has nothing more precise to say. */
export function refusalOf(answer: Answer, words?: string | null): No {
  const reason = reasonOf(`${answer.status} ${words ?? answer.text}`.trim());
  const { status } = answer;
  if (status === 429) return { kind: "limited", reason, retryAfterMs: retryAfterOf(answer) };
  // A key that is not (or no longer) right, an address that moved, a provider in trouble: passes when mended.
  if (status < 400 || status === 401 || status === 403 || status === 404 || status === 408 || status >= 500)
    return { kind: "transient", reason };
  return { kind: "permanent", reason };
}

/** RFC 9110: seconds, or a date. A date is taken from the answer's own, so that no clock need agree. */
export function retryAfterOf({ headers }: Answer): number | null {
  const value = headers["retry-after"];
  if (value === undefined) return null;
  if (/^\d{1,6}$/.test(value)) return Number(value) * 1000;
  const ms = Date.parse(value) - Date.parse(headers.date ?? "");
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** An account's check by one question that only a right key gets a yes to. */
export async function checkBy(
  http: Pick<Outbound, "send">,
  question: Question,
  read: (answer: Answer) => Check = () => ({ ok: true, detail: "The provider lets us in." }),
): Promise<Check> {
  try {
    const answer = await ask(http, question);
    return isYes(answer) ? read(answer) : { ok: false, detail: reasonOf(`${answer.status} ${wordsOf(answer)}`) };
  } catch (error) {
    return { ok: false, detail: reasonOf(error) };
  }
}

/** The sentence in an answer, wherever providers put it; else all of it. */
function wordsOf(answer: Answer): string {
  const words = z.object({ message: z.string(), detail: z.string(), title: z.string() }).partial();
  const said = readAnswer(answer, words.extend({ error: words.optional().catch(undefined) }));
  return said?.message ?? said?.error?.message ?? said?.detail ?? said?.title ?? answer.text;
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
