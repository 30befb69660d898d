import { z } from "zod";

import { adapter, lineOf, type OutgoingMessage } from "./adapter.ts";
import { ask, basic, checkBy, isYes, parseJson, readAnswer, refusalOf, UNREADABLE } from "./ask.ts";
import { hmac, isFresh, isSame } from "./hook-signatures.ts";
import { messageIdOf } from "./message-id.ts";
import { instantOfSeconds, type ProviderNews, readEach, toMessage } from "./provider-news.ts";

/**
 * https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
 * https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads
 */
export const mailgun = adapter({
  channel: "email",
  provider: "mailgun",
  title: "Mailgun",
  settings: z.strictObject({
    domain: z
      .string()
      .trim()
      .regex(/^[a-z0-9.-]{3,253}$/i, "the sending domain, as in mg.example.com"),
  }),
  secrets: ["api_key"],
  hookSecrets: ["signing_key"],
  open(account, { http, publicUrl }) {
    const origin = account.endpoint ?? "https://api.mailgun.net";
    const headers = { authorization: basic("api", account.secrets.api_key) };
    const { domain } = account.settings;
    return lineOf("email", {
      async send(message) {
        const form = toForm(message, publicUrl);
        const answer = await ask(http, { method: "POST", url: `${origin}/v3/${domain}/messages`, headers, form });
        if (!isYes(answer)) {
          const said = readAnswer(answer, z.object({ message: z.string() }))?.message;
          const outcome = refusalOf(answer, said);
          const isBadAddress = answer.status === 400 && /'?to'? parameter is not a valid address/i.test(said ?? "");
          return outcome.kind === "permanent" && isBadAddress ? { ...outcome, badAddress: true } : outcome;
        }
        const id = readAnswer(answer, z.object({ id: z.string() }))?.id;
        return id === undefined ? UNREADABLE : { kind: "accepted", providerId: bare(id) };
      },
      check: () => checkBy(http, { method: "GET", url: `${origin}/v4/domains/${domain}`, headers }),
    });
  },
  async readHook({ body }, { secrets }, { clock }) {
    const hook = payload.safeParse(parseJson(body.toString("utf8")));
    if (!hook.success || secrets.signing_key === undefined) return null;
    const { timestamp, token, signature } = hook.data.signature;
    if (!isSame(signature, hmac("sha256", secrets.signing_key, timestamp + token).toString("hex"))) return null;
    if (!isFresh(Number(timestamp), clock.now())) return null;
    return { news: readEach(hook.data["event-data"], event, toNews), token };
  },
});

function toForm({ id, to, content }: OutgoingMessage<"email">, publicUrl: string): URLSearchParams {
  const form = new URLSearchParams({
    from: content.from,
    to,
    subject: content.subject,
    html: content.html,
    text: content.text,
    "v:kilim_id": id,
    "o:tracking": "no",
    "h:Message-Id": messageIdOf(id, publicUrl),
  });
  if (content.reply_to !== undefined) form.set("h:Reply-To", content.reply_to);
  for (const [name, value] of Object.entries(content.headers)) form.set(`h:${name}`, value);
  return form;
}

/** Answers have it in angle brackets, events do not. */
const bare = (id: string) => id.replace(/^<|>$/g, "");

const payload = z.object({
  signature: z.object({ timestamp: z.string(), token: z.string(), signature: z.string() }),
  "event-data": z.unknown(),
});

const event = z.object({
  event: z.string(),
  timestamp: z.number(),
  severity: z.string().optional(),
  reason: z.string().optional(),
  url: z.string().optional(),
  "user-variables": z.object({ kilim_id: z.uuid() }).partial().optional().catch(undefined),
  message: z.object({ headers: z.object({ "message-id": z.string() }).partial() }).optional(),
  "client-info": z.object({ bot: z.string().nullish() }).optional(),
  "delivery-status": z.object({ code: z.number(), message: z.string(), description: z.string() }).partial().optional(),
});

function toNews(given: z.infer<typeof event>): ProviderNews | null {
  const message = toMessage(given["user-variables"]?.kilim_id, given.message?.headers["message-id"]);
  if (!message) return null;
  const status = given["delivery-status"];
  const reason = status?.message || status?.description || given.reason;
  const about = { message, at: instantOfSeconds(given.timestamp), ...(reason === undefined ? {} : { reason }) };
  const isMachine = Boolean(given["client-info"]?.bot);
  switch (given.event) {
    case "delivered":
    case "complained":
    case "unsubscribed":
      return { kind: given.event, ...about };
    case "failed":
      if (given.severity === "temporary") return { kind: "deferred", ...about };
      // "suppress-*": they did not even try, because it bounced before.
      return { kind: "bounced", isHard: isHard(status?.code, given.reason), ...about };
    case "opened":
      return { kind: "opened", isMachine, ...about };
    case "clicked":
      return { kind: "clicked", url: given.url ?? "", isMachine, ...about };
    default:
      return null;
  }
}

/** A mailbox that does not exist, against one that is full or a server that does not like us. */
function isHard(code: number | undefined, reason: string | undefined): boolean {
  return reason === "suppress-bounce" || (reason === "bounce" && [550, 551, 553, 605].includes(code ?? 0));
}
