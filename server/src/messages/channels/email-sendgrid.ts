import { createPublicKey, verify } from "node:crypto";
import { z } from "zod";

import { adapter, lineOf, type Outcome, type OutgoingMessage } from "./adapter.ts";
import { type Answer, ask, checkBy, isYes, parseJson, readAnswer, refusalOf } from "./ask.ts";
import { isFresh } from "./hook-signatures.ts";
import { readMailbox } from "./mail-address.ts";
import {
  clickedBy,
  type HookRequest,
  instantOfSeconds,
  openedBy,
  type ProviderNews,
  readEach,
  toMessage,
} from "./provider-news.ts";

/**
 * https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
 */
export const sendgrid = adapter({
  channel: "email",
  provider: "sendgrid",
  title: "SendGrid",
  settings: z.strictObject({}),
  secrets: ["api_key"],
  /** The verification key of the signed event webhook, base64. */
  hookSecrets: ["hook_key"],
  open(account, { http, clock }) {
    const origin = account.endpoint ?? "https://api.sendgrid.com";
    const headers = { authorization: `Bearer ${account.secrets.api_key}` };
    return lineOf("email", {
      async send(message) {
        const json = toBody(message);
        const answer = await ask(http, { method: "POST", url: `${origin}/v3/mail/send`, headers, json });
        if (!isYes(answer)) return refusal(answer, clock.now());
        const id = answer.headers["x-message-id"];
        return { kind: "accepted", providerId: typeof id === "string" ? id : null };
      },
      check: () =>
        checkBy(http, { method: "GET", url: `${origin}/v3/scopes`, headers }, (answer) =>
          readAnswer(answer, z.object({ scopes: z.array(z.string()) }))?.scopes.includes("mail.send")
            ? { ok: true, detail: "The key may send mail." }
            : { ok: false, detail: "The key lacks the scope mail.send." },
        ),
    });
  },
  async readHook(request, { secrets }, { clock }) {
    if (secrets.hook_key === undefined || !isSigned(request, secrets.hook_key, clock.now())) return null;
    return { news: readEach(parseJson(request.body.toString("utf8")), event, toNews) };
  },
});

function toBody({ id, to, content }: OutgoingMessage<"email">) {
  const from = readMailbox(content.from);
  return {
    personalizations: [{ to: [{ email: to }], custom_args: { kilim_id: id } }],
    from: from.name === null ? { email: from.email } : from,
    ...(content.reply_to === undefined ? {} : { reply_to: { email: readMailbox(content.reply_to).email } }),
    subject: content.subject,
    content: [
      { type: "text/plain", value: content.text },
      { type: "text/html", value: content.html },
    ],
    headers: content.headers,
    // We count ourselves, by links of our own.
    tracking_settings: { click_tracking: { enable: false, enable_text: false }, open_tracking: { enable: false } },
  };
}

const problems = z.object({ errors: z.array(z.object({ message: z.string(), field: z.string().nullish() })) });

function refusal(answer: Answer, now: Temporal.Instant): Outcome {
  const said = readAnswer(answer, problems)?.errors;
  const outcome = refusalOf(answer, said?.map(({ message }) => message).join(" "));
  const reset = Number(answer.headers["x-ratelimit-reset"]);
  if (outcome.kind === "limited" && outcome.retryAfterMs === null && reset > 0)
    return { ...outcome, retryAfterMs: Math.max(0, reset * 1000 - now.epochMilliseconds) };
  const isBadAddress =
    answer.status === 400 && said?.some(({ field }) => /^personalizations\.\d+\.to/.test(field ?? ""));
  return outcome.kind === "permanent" && isBadAddress ? { ...outcome, badAddress: true } : outcome;
}

/** ECDSA over timestamp and body as they came. */
function isSigned({ headers, body }: HookRequest, key: string, now: Temporal.Instant): boolean {
  const signature = headers["x-twilio-email-event-webhook-signature"];
  const timestamp = headers["x-twilio-email-event-webhook-timestamp"];
  if (!signature || !timestamp || !isFresh(Number(timestamp), now)) return false;
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
    const signed = Buffer.concat([Buffer.from(timestamp), body]);
    return verify("sha256", signed, publicKey, Buffer.from(signature, "base64"));
  } catch {
    // A key or a signature that is none verifies nothing.
    return false;
  }
}

const event = z.object({
  event: z.string(),
  timestamp: z.number(),
  kilim_id: z.uuid().optional(),
  sg_message_id: z.string().optional(),
  reason: z.string().optional(),
  response: z.string().optional(),
  type: z.string().optional(),
  url: z.string().optional(),
  sg_machine_open: z.boolean().optional(),
  useragent: z.string().optional(),
});

function toNews(given: z.infer<typeof event>): ProviderNews | null {
  // Their id in events has the filter's name behind a dot.
  const message = toMessage(given.kilim_id, given.sg_message_id?.split(".")[0]);
  if (!message) return null;
  const reason = given.reason ?? given.response;
  const about = { message, at: instantOfSeconds(given.timestamp), ...(reason === undefined ? {} : { reason }) };
  switch (given.event) {
    case "delivered":
    case "deferred":
      return { kind: given.event, ...about };
    case "bounce":
      return { kind: "bounced", isHard: given.type !== "blocked", ...about };
    case "dropped":
      return { kind: "failed", ...about };
    case "spamreport":
      return { kind: "complained", ...about };
    case "unsubscribe":
    case "group_unsubscribe":
      return { kind: "unsubscribed", ...about };
    case "open":
      return given.sg_machine_open
        ? { kind: "opened", isMachine: true, ...about }
        : { ...openedBy(given.useragent), ...about };
    case "click":
      return { ...clickedBy(given.useragent), url: given.url ?? "", ...about };
    default:
      return null;
  }
}
