import { z } from "zod";

import { adapter, lineOf, type Outcome, type OutgoingMessage } from "./adapter.ts";
import { type Answer, ask, checkBy, isYes, parseJson, readAnswer, refusalOf, UNREADABLE } from "./ask.ts";
import { isStandardSigned } from "./hook-signatures.ts";
import { clickedBy, instantText, type ProviderNews, readEach, toMessage } from "./provider-news.ts";

/** https://resend.com/docs/api-reference/emails/send-email and https://resend.com/docs/dashboard/webhooks/event-types */
export const resend = adapter({
  channel: "email",
  provider: "resend",
  title: "Resend",
  settings: z.strictObject({}),
  secrets: ["api_key"],
  /** The hook's signing secret, `whsec_…` */
  hookSecrets: ["signing_secret"],
  open(account, { http }) {
    const origin = account.endpoint ?? "https://api.resend.com";
    const headers = { authorization: `Bearer ${account.secrets.api_key}` };
    return lineOf("email", {
      async send(message) {
        const answer = await ask(http, {
          method: "POST",
          url: `${origin}/emails`,
          // They remember it for a day: a time-out after their yes makes no second mail.
          headers: { ...headers, "idempotency-key": message.id },
          json: toBody(message),
          isRepeatable: true,
        });
        if (!isYes(answer)) return refusal(answer);
        const id = readAnswer(answer, z.object({ id: z.string() }))?.id;
        return id === undefined ? UNREADABLE : { kind: "accepted", providerId: id };
      },
      check: () => checkBy(http, { method: "GET", url: `${origin}/domains`, headers }),
    });
  },
  async readHook({ headers, body }, { secrets }, { clock }) {
    const secret = secrets.signing_secret;
    if (secret === undefined || !isStandardSigned(headers, body, secret, clock.now())) return null;
    return { news: readEach(parseJson(body.toString("utf8")), event, toNews) };
  },
});

function toBody({ id, to, content }: OutgoingMessage<"email">) {
  return {
    from: content.from,
    to: [to],
    ...(content.reply_to === undefined ? {} : { reply_to: content.reply_to }),
    subject: content.subject,
    html: content.html,
    text: content.text,
    headers: content.headers,
    tags: [{ name: "kilim_id", value: id }],
  };
}

function refusal(answer: Answer): Outcome {
  const said = readAnswer(answer, z.object({ name: z.string(), message: z.string() }));
  const outcome = refusalOf(answer, said && `${said.name}: ${said.message}`);
  // The first try with this key is still under way.
  if (said?.name === "concurrent_idempotent_requests") return { kind: "transient", reason: said.name };
  // Its text has changed since a try they took: what is known to have gone out is not sent again.
  if (said?.name === "invalid_idempotent_request") return { kind: "accepted", providerId: null };
  const isBadAddress = answer.status === 422 && /`to` field/i.test(said?.message ?? "");
  return outcome.kind === "permanent" && isBadAddress ? { ...outcome, badAddress: true } : outcome;
}

const event = z.object({
  type: z.string(),
  created_at: instantText.optional(),
  data: z.object({
    email_id: z.string().optional(),
    /** An object in hooks, a list in requests. */
    tags: z.object({ kilim_id: z.uuid() }).partial().optional().catch(undefined),
    bounce: z.object({ type: z.string(), message: z.string() }).partial().optional(),
    failed: z.object({ reason: z.string() }).partial().optional(),
    click: z.object({ link: z.string(), userAgent: z.string() }).partial().optional(),
  }),
});

function toNews({ type, created_at, data }: z.infer<typeof event>): ProviderNews | null {
  const message = toMessage(data.tags?.kilim_id, data.email_id);
  if (!message) return null;
  const reason = data.bounce?.message ?? data.failed?.reason;
  const about = { message, at: created_at ?? null, ...(reason === undefined ? {} : { reason }) };
  switch (type) {
    case "email.delivered":
      return { kind: "delivered", ...about };
    case "email.delivery_delayed":
      return { kind: "deferred", ...about };
    case "email.bounced":
      return { kind: "bounced", isHard: data.bounce?.type === "Permanent", ...about };
    case "email.complained":
      return { kind: "complained", ...about };
    case "email.failed":
      return { kind: "failed", ...about };
    case "email.opened":
      return { kind: "opened", isMachine: false, ...about };
    case "email.clicked":
      return { ...clickedBy(data.click?.userAgent), url: data.click?.link ?? "", ...about };
    default:
      return null;
  }
}
