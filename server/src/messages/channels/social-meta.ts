import { z } from "zod";

import { adapter, lineOf } from "./adapter.ts";
import { ask, checkBy, isYes, parseJson, readAnswer, UNREADABLE } from "./ask.ts";
import { GRAPH, graphChallenge, graphRefusal, isGraphSigned } from "./graph-api.ts";
import { instantOfSeconds, type ProviderNews } from "./provider-news.ts";
import { outsideWindow } from "./session-window.ts";

/**
 * Messenger and Instagram: https://developers.facebook.com/docs/messenger-platform/reference/send-api. People are known
 * there by an id that is the page's own; `to` is `messenger:<id>` or `instagram:<id>`.
 */
export const metaSocial = adapter({
  channel: "social",
  provider: "meta",
  title: "Messenger and Instagram",
  settings: z.strictObject({
    network: z.enum(["messenger", "instagram"]),
    /** Of the page, or of the Instagram account. */
    page_id: z.string().regex(/^\d{3,30}$/, "digits"),
  }),
  secrets: ["access_token"],
  hookSecrets: ["app_secret", "verify_token"],
  open(account, { http, db, clock }) {
    const { network, page_id } = account.settings;
    const url = `${account.endpoint ?? GRAPH}/${page_id}`;
    const headers = { authorization: `Bearer ${account.secrets.access_token}` };
    return lineOf("social", {
      async send({ to, content }) {
        const [there, id] = to.split(":");
        if (there !== network || !id) return { kind: "permanent", reason: `not somebody on ${network}` };
        const closed = await outsideWindow({ db, clock }, "social", to);
        if (closed) return closed;
        const json = { recipient: { id }, messaging_type: "RESPONSE", message: { text: content.text } };
        const answer = await ask(http, { method: "POST", url: `${url}/messages`, headers, json });
        if (!isYes(answer)) return graphRefusal(answer);
        const mid = readAnswer(answer, z.object({ message_id: z.string() }))?.message_id;
        return mid === undefined ? UNREADABLE : { kind: "accepted", providerId: mid };
      },
      check: () => checkBy(http, { method: "GET", url: `${url}?fields=name`, headers }),
    });
  },
  async readHook(request, { secrets, settings }) {
    const challenge = graphChallenge(request, secrets.verify_token);
    if (challenge !== null) return { news: [], answer: { type: "text/plain", body: challenge } };
    if (request.method !== "POST" || !isGraphSigned(request, secrets.app_secret)) return null;
    const read = hook.safeParse(parseJson(request.body.toString("utf8")));
    const ours = read.success ? read.data.entry.filter(({ id }) => id === settings.page_id) : [];
    return { news: ours.flatMap(({ messaging }) => messaging.flatMap((one) => toNews(one, settings.network))) };
  },
});

const messaging = z.object({
  sender: z.object({ id: z.string() }),
  timestamp: z.number(),
  message: z
    .object({
      mid: z.string(),
      text: z.string().optional(),
      is_echo: z.boolean().optional(),
      reply_to: z.object({ mid: z.string() }).partial().optional(),
    })
    .optional(),
  delivery: z
    .object({ mids: z.array(z.string()) })
    .partial()
    .optional(),
  read: z.object({ mid: z.string() }).partial().optional(),
});
const hook = z.object({
  entry: z.array(z.object({ id: z.string(), messaging: z.array(messaging).default([]).catch([]) })),
});

function toNews(given: z.infer<typeof messaging>, network: string): ProviderNews[] {
  const at = instantOfSeconds(given.timestamp / 1000);
  const { message, delivery, read } = given;
  if (message && message.is_echo !== true)
    return [
      {
        kind: "received",
        providerId: message.mid,
        from: `${network}:${given.sender.id}`,
        text: message.text ?? "(attachment)",
        at,
        answers: message.reply_to?.mid ?? null,
      },
    ];
  const about = (providerId: string) => ({ message: { providerId }, at });
  if (delivery?.mids) return delivery.mids.map((mid) => ({ kind: "delivered" as const, ...about(mid) }));
  return read?.mid === undefined ? [] : [{ kind: "read", ...about(read.mid) }];
}
