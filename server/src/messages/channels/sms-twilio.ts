import { z } from "zod";

import { adapter, lineOf, type Outcome, type OutgoingMessage } from "./adapter.ts";
import { type Answer, ask, basic, checkBy, isYes, readAnswer, refusalOf, UNREADABLE } from "./ask.ts";
import { hmac, isSame } from "./hook-signatures.ts";
import { keywordReplies, replyTo } from "./keyword-replies.ts";
import { type HookRequest, type ProviderNews, toMessage } from "./provider-news.ts";

/**
 * https://www.twilio.com/docs/messaging/api/message-resource and https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export const twilio = adapter({
  channel: "sms",
  provider: "twilio",
  title: "Twilio",
  settings: z.strictObject({
    account_sid: z.string().regex(/^AC[0-9a-f]{32}$/i, "AC and 32 digits"),
    /** A number in E.164, a short code or a sender's name; or a messaging service, `MG…`. */
    from: z.string().trim().min(1).max(40),
    /** Twilio answers the English words itself, unless it is told not to; these answer the others. */
    ...keywordReplies,
  }),
  /** It signs the hooks, too. */
  secrets: ["auth_token"],
  open(account, { http, publicUrl }) {
    const { account_sid: sid, from } = account.settings;
    const origin = account.endpoint ?? "https://api.twilio.com";
    const headers = { authorization: basic(sid, account.secrets.auth_token) };
    const url = `${origin}/2010-04-01/Accounts/${sid}`;
    return lineOf("sms", {
      async send(message) {
        const form = toForm(message, from, `${publicUrl}/v1/hooks/${account.id}?id=${message.id}`);
        const answer = await ask(http, { method: "POST", url: `${url}/Messages.json`, headers, form });
        if (!isYes(answer)) return refusal(answer);
        const id = readAnswer(answer, z.object({ sid: z.string() }))?.sid;
        return id === undefined ? UNREADABLE : { kind: "accepted", providerId: id };
      },
      check: () => checkBy(http, { method: "GET", url: `${url}.json`, headers }),
    });
  },
  async readHook(request, { secrets, settings }) {
    const params = new URLSearchParams(request.body.toString("utf8"));
    if (!isSigned(request, params, secrets.auth_token)) return null;
    const news = toNews(params, request.query.id);
    const isOurs = news?.kind === "received" && params.get("OptOutType") === null;
    const text = isOurs ? replyTo(settings, news.text) : null;
    const reply = text === null ? "" : `<Message>${escapeXml(text)}</Message>`;
    return {
      news: news === null ? [] : [news],
      answer: { type: "text/xml", body: `<?xml version="1.0" encoding="UTF-8"?><Response>${reply}</Response>` },
    };
  },
});

function toForm({ to, content }: OutgoingMessage<"sms">, from: string, callback: string): URLSearchParams {
  return new URLSearchParams({
    To: to,
    ...(from.startsWith("MG") ? { MessagingServiceSid: from } : { From: from }),
    ...(content.from === undefined ? {} : { From: content.from }),
    Body: content.text,
    StatusCallback: callback,
  });
}

/** 21211, 21214, 21217: no number; 21614: cannot receive SMS. 21610: said STOP. 20429, 14107, 30022: too much at once. */
const BAD_ADDRESS = new Set([21211, 21214, 21217, 21614]);
const ACCOUNT = new Set([20003, 20005, 21408, 21606, 21659, 21660, 21703, 30002]);
const LIMITED = new Set([20429, 14107, 30022]);

function refusal(answer: Answer): Outcome {
  const said = readAnswer(answer, z.object({ code: z.int(), message: z.string() }));
  const outcome = refusalOf(answer, said && `${said.code} ${said.message}`);
  if (!said || outcome.kind !== "permanent") return outcome;
  if (LIMITED.has(said.code)) return { kind: "limited", reason: outcome.reason, retryAfterMs: null };
  if (ACCOUNT.has(said.code)) return { kind: "transient", reason: outcome.reason };
  return BAD_ADDRESS.has(said.code) ? { ...outcome, badAddress: true } : outcome;
}

/** HMAC-SHA1 over the address and the parameters in the order of their names. */
function isSigned({ url, headers }: HookRequest, params: URLSearchParams, token: string): boolean {
  const names = [...new Set(params.keys())].sort();
  const text =
    url +
    names
      .map((name) =>
        params
          .getAll(name)
          .map((value) => name + value)
          .join(""),
      )
      .join("");
  return isSame(headers["x-twilio-signature"], hmac("sha1", token, text).toString("base64"));
}

/** Nobody is there: unknown, switched off for good, or a landline. */
const HARD = new Set(["30005", "30006"]);

function toNews(params: URLSearchParams, ourId: string | undefined): ProviderNews | null {
  const sid = params.get("MessageSid") ?? params.get("SmsSid") ?? undefined;
  const status = params.get("MessageStatus");
  const body = params.get("Body");
  if (sid !== undefined && status === null && body !== null)
    return { kind: "received", providerId: sid, from: params.get("From") ?? "", text: body, at: null, answers: null };
  const message = toMessage(z.uuid().safeParse(ourId).data, sid);
  if (!message) return null;
  const code = params.get("ErrorCode");
  const about = { message, at: null, ...(code ? { reason: `Twilio error ${code}` } : {}) };
  switch (status) {
    case "delivered":
      return { kind: "delivered", ...about };
    case "read":
      return { kind: "read", ...about };
    case "undelivered":
      return { kind: "bounced", isHard: HARD.has(code ?? ""), ...about };
    case "failed":
      return { kind: "failed", ...about };
    default:
      return null;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escapeXml = (text: string) => text.replace(/[&<>]/g, (char) => ENTITIES[char] ?? char);
