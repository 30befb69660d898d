import { z } from "zod";

import { adapter, lineOf } from "./adapter.ts";
import { ask, checkBy, isYes, parseJson, refusalOf, UNREADABLE } from "./ask.ts";
import { hmac, isSame } from "./hook-signatures.ts";
import { keywordReplies } from "./keyword-replies.ts";
import { instantText, type ProviderNews, readEach, toMessage } from "./provider-news.ts";

/** Any gateway that takes an SMS by one HTTP request: its body is a text with {to}, {from}, {text}, {id} and {hook} in it. */
export const smsByHttp = adapter({
  channel: "sms",
  provider: "http",
  title: "HTTP gateway",
  settings: z.strictObject({
    /** Behind the endpoint. */
    path: z
      .string()
      .regex(/^\/[^\s]*$/)
      .max(500)
      .default("/"),
    method: z.enum(["POST", "PUT"]).default("POST"),
    type: z.enum(["json", "form"]).default("json"),
    body: z.string().min(1).max(2_000).default('{"to":"{to}","from":"{from}","text":"{text}","id":"{id}"}'),
    from: z.string().trim().max(40).default(""),
    /** The header that carries the secret. */
    header: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/)
      .default("Authorization"),
    /** Where in the answer the gateway's id stands, as in `data.id`; empty when it gives none. */
    id_path: z.string().max(100).default(""),
    ...keywordReplies,
  }),
  repliesByMessage: true,
  /** The whole value of that header, as in `Bearer abc`. */
  secrets: ["authorization"],
  /** Signs the hook's body: HMAC-SHA256 in hex, in the header `X-Signature`. */
  hookSecrets: ["hook_secret"],
  open(account, { http, publicUrl }) {
    const { path, method, type, body, from, header, id_path } = account.settings;
    const url = (account.endpoint ?? "") + path;
    const headers = { [header.toLowerCase()]: account.secrets.authorization };
    const contentType = type === "json" ? "application/json" : "application/x-www-form-urlencoded";
    const encode = type === "json" ? (text: string) => JSON.stringify(text).slice(1, -1) : encodeURIComponent;
    return lineOf("sms", {
      async send({ id, to, content }) {
        const values = {
          to,
          from: content.from ?? from,
          text: content.text,
          id,
          hook: `${publicUrl}/v1/hooks/${account.id}`,
        };
        const filled = body.replace(/\{(to|from|text|id|hook)\}/g, (_whole, name: keyof typeof values) =>
          encode(values[name]),
        );
        const answer = await ask(http, {
          method,
          url,
          headers: { ...headers, "content-type": contentType },
          body: filled,
        });
        if (!isYes(answer)) return refusalOf(answer);
        if (id_path === "") return { kind: "accepted", providerId: null };
        const providerId = at(parseJson(answer.text), id_path);
        return providerId === null ? UNREADABLE : { kind: "accepted", providerId };
      },
      // A gateway of which we know nothing else: whether it is there.
      check: () => checkBy(http, { method: "HEAD", url: account.endpoint ?? "", headers }),
    });
  },
  async readHook({ headers, body }, { secrets }) {
    const secret = secrets.hook_secret;
    if (secret === undefined || !isSame(headers["x-signature"], hmac("sha256", secret, body).toString("hex")))
      return null;
    return { news: readEach(parseJson(body.toString("utf8")), event, toNews) };
  },
});

function at(value: unknown, path: string): string | null {
  const found = path
    .split(".")
    .reduce<unknown>(
      (part, key) => (typeof part === "object" && part !== null ? (part as Record<string, unknown>)[key] : null),
      value,
    );
  return typeof found === "string" || typeof found === "number" ? String(found) : null;
}

const event = z.object({
  type: z.enum(["delivered", "failed", "undelivered", "received"]),
  /** Ours, as sent in {id}, or the gateway's. */
  id: z.string().min(1).max(200),
  from: z.string().max(40).optional(),
  text: z.string().max(5_000).optional(),
  at: instantText.optional(),
  reason: z.string().optional(),
  /** Of `undelivered`: nobody is there. */
  permanent: z.boolean().optional(),
});

function toNews(given: z.infer<typeof event>): ProviderNews | null {
  const at = given.at ?? null;
  if (given.type === "received") {
    if (given.from === undefined || given.text === undefined) return null;
    return { kind: "received", providerId: given.id, from: given.from, text: given.text, at, answers: null };
  }
  const isOurs = z.uuid().safeParse(given.id).success;
  const message = toMessage(isOurs ? given.id : undefined, given.id);
  if (!message) return null;
  const about = { message, at, ...(given.reason === undefined ? {} : { reason: given.reason }) };
  if (given.type === "undelivered") return { kind: "bounced", isHard: given.permanent === true, ...about };
  return { kind: given.type, ...about };
}
