import { z } from "zod";

import type { No } from "./adapter.ts";
import { type Answer, readAnswer, refusalOf } from "./ask.ts";
import { hmac, isSame } from "./hook-signatures.ts";
import type { HookRequest } from "./provider-news.ts";

/** What Meta's Graph API has in common for WhatsApp, Messenger, Instagram and audiences. */
export const GRAPH = "https://graph.facebook.com/v24.0";

const problem = z.object({
  error: z.object({
    message: z.string(),
    code: z.int(),
    error_subcode: z.int().optional(),
    error_data: z.object({ details: z.string() }).partial().optional(),
  }),
});

/** Too many calls: of the app, the page, the account, the number, to one person. */
const LIMITED = new Set([
  4, 17, 32, 613, 80000, 80001, 80003, 80004, 80005, 80006, 80007, 80008, 130429, 131048, 131056,
]);
/** Token, permission, payment, a locked account, a service that is down: about the account or passing. */
const PASSES = new Set([
  0, 1, 2, 3, 10, 102, 190, 200, 368, 131000, 131005, 131016, 131031, 131042, 131045, 131057, 133004,
]);
/** Nobody there: not on WhatsApp, no such person, not available. */
const NOBODY = new Set([131026, 131021, 551]);
const NOBODY_SUBCODES = new Set([2018001]);
/** Code 10 is a permission that lacks, unless it is the window that has closed. */
const CLOSED_SUBCODES = new Set([2018278, 2018065]);

export function graphRefusal(answer: Answer): No {
  const said = readAnswer(answer, problem)?.error;
  const outcome = refusalOf(answer, said && `${said.code} ${said.error_data?.details ?? said.message}`);
  const { reason } = outcome;
  if (!said) return outcome;
  if (CLOSED_SUBCODES.has(said.error_subcode ?? 0)) return { kind: "permanent", reason };
  if (LIMITED.has(said.code)) return { kind: "limited", reason, retryAfterMs: null };
  if (NOBODY.has(said.code) || NOBODY_SUBCODES.has(said.error_subcode ?? 0))
    return { kind: "permanent", reason, badAddress: true };
  if (PASSES.has(said.code) || answer.status >= 500) return { kind: "transient", reason };
  return { kind: "permanent", reason };
}

/** The handshake when a hook is set up: the answer to give, null when it is another's. */
export function graphChallenge({ method, query }: HookRequest, token: string | undefined): string | null {
  if (method !== "GET" || query["hub.mode"] !== "subscribe" || token === undefined) return null;
  return isSame(query["hub.verify_token"], token) ? (query["hub.challenge"] ?? "") : null;
}

export function isGraphSigned({ headers, body }: HookRequest, appSecret: string | undefined): boolean {
  if (appSecret === undefined) return false;
  return isSame(headers["x-hub-signature-256"], `sha256=${hmac("sha256", appSecret, body).toString("hex")}`);
}
