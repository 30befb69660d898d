import { z } from "zod";

import type { ContentOf } from "../content/kinds.ts";
import { adapter, lineOf } from "./adapter.ts";
import { ask, checkBy, isYes, parseJson, readAnswer, UNREADABLE } from "./ask.ts";
import { GRAPH, graphChallenge, graphRefusal, isGraphSigned } from "./graph-api.ts";
import { instantOfSeconds, type ProviderNews, toMessage } from "./provider-news.ts";
import { outsideWindow } from "./session-window.ts";

/** https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages and …/webhooks/components */
export const whatsappCloud = adapter({
  channel: "whatsapp",
  provider: "cloud_api",
  title: "WhatsApp Cloud API",
  settings: z.strictObject({
    phone_number_id: z.string().regex(/^\d{5,30}$/, "digits"),
    /** Whose templates are offered in the composer. */
    business_account_id: z
      .string()
      .regex(/^\d{5,30}$/, "digits")
      .optional(),
  }),
  secrets: ["access_token"],
  hookSecrets: ["app_secret", "verify_token"],
  open(account, { http, db, clock }) {
    const origin = account.endpoint ?? GRAPH;
    const url = `${origin}/${account.settings.phone_number_id}`;
    const headers = { authorization: `Bearer ${account.secrets.access_token}` };
    return lineOf("whatsapp", {
      async send({ id, to, content }) {
        const closed = content.kind === "template" ? null : await outsideWindow({ db, clock }, "whatsapp", to);
        if (closed) return closed;
        const json = {
          messaging_product: "whatsapp",
          recipient_type: "individual",
          to: to.replace(/^\+/, ""),
          biz_opaque_callback_data: id,
          ...toBody(content),
        };
        const answer = await ask(http, { method: "POST", url: `${url}/messages`, headers, json });
        if (!isYes(answer)) return graphRefusal(answer);
        const wamid = readAnswer(answer, z.object({ messages: z.array(z.object({ id: z.string() })).min(1) }));
        return wamid === null ? UNREADABLE : { kind: "accepted", providerId: wamid.messages[0]?.id ?? null };
      },
      check: () => checkBy(http, { method: "GET", url: `${url}?fields=verified_name,quality_rating`, headers }),
    });
  },
  async readHook(request, { secrets, settings }) {
    const challenge = graphChallenge(request, secrets.verify_token);
    if (challenge !== null) return { news: [], answer: { type: "text/plain", body: challenge } };
    if (request.method !== "POST" || !isGraphSigned(request, secrets.app_secret)) return null;
    const read = hook.safeParse(parseJson(request.body.toString("utf8")));
    const values = read.success ? read.data.entry.flatMap(({ changes }) => changes.map(({ value }) => value)) : [];
    // One app's hook serves all its numbers.
    const ours = values.filter(({ metadata }) => metadata?.phone_number_id === settings.phone_number_id);
    return {
      news: ours.flatMap(({ statuses, messages }) => [...statuses.flatMap(toNews), ...messages.map(toInbound)]),
    };
  },
});

function toBody(content: ContentOf<"whatsapp">): object {
  if (content.kind === "text") return { type: "text", text: { body: content.text, preview_url: true } };
  if (content.kind === "image") {
    const caption = content.caption === undefined ? {} : { caption: content.caption };
    return { type: "image", image: { link: content.url, ...caption } };
  }
  const { header, body, buttons } = content;
  const text = (value: string) => ({ type: "text", text: value });
  const components = [
    ...(header ? [{ type: "header", parameters: [toHeader(header)] }] : []),
    ...(body.length > 0 ? [{ type: "body", parameters: body.map(text) }] : []),
    ...buttons.map(({ type, index, value }) => ({
      type: "button",
      sub_type: type,
      index: String(index),
      parameters: [
        type === "url"
          ? text(value)
          : type === "copy_code"
            ? { type: "coupon_code", coupon_code: value }
            : { type: "payload", payload: value },
      ],
    })),
  ];
  return { type: "template", template: { name: content.name, language: { code: content.language }, components } };
}

function toHeader(header: NonNullable<Extract<ContentOf<"whatsapp">, { kind: "template" }>["header"]>) {
  if (header.type === "text") return { type: "text", text: header.text };
  if (header.type === "image") return { type: "image", image: { link: header.url } };
  return { type: "document", document: { link: header.url, filename: header.filename } };
}

const status = z.object({
  id: z.string(),
  status: z.string(),
  timestamp: z.coerce.number(),
  biz_opaque_callback_data: z.uuid().optional().catch(undefined),
  errors: z
    .array(
      z.object({
        code: z.int(),
        title: z.string().optional(),
        error_data: z.object({ details: z.string() }).partial().optional(),
      }),
    )
    .optional(),
});
const message = z.object({
  id: z.string(),
  from: z.string(),
  timestamp: z.coerce.number(),
  text: z.object({ body: z.string() }).optional(),
  button: z.object({ text: z.string() }).optional(),
  interactive: z
    .object({ button_reply: z.object({ title: z.string() }), list_reply: z.object({ title: z.string() }) })
    .partial()
    .optional(),
  type: z.string(),
  context: z.object({ id: z.string() }).partial().optional(),
});
const hook = z.object({
  entry: z.array(
    z.object({
      changes: z.array(
        z.object({
          value: z.object({
            metadata: z.object({ phone_number_id: z.string() }).optional(),
            statuses: z.array(status).default([]).catch([]),
            messages: z.array(message).default([]).catch([]),
          }),
        }),
      ),
    }),
  ),
});

function toNews(given: z.infer<typeof status>): ProviderNews[] {
  const ref = toMessage(given.biz_opaque_callback_data, given.id);
  if (!ref) return [];
  const error = given.errors?.[0];
  const reason = error ? `${error.code} ${error.error_data?.details ?? error.title ?? ""}`.trim() : undefined;
  const about = { message: ref, at: instantOfSeconds(given.timestamp), ...(reason === undefined ? {} : { reason }) };
  if (given.status === "delivered" || given.status === "read") return [{ kind: given.status, ...about }];
  if (given.status !== "failed") return [];
  // 131026: not on WhatsApp, or an app too old to hear us.
  return error?.code === 131026 ? [{ kind: "bounced", isHard: true, ...about }] : [{ kind: "failed", ...about }];
}

function toInbound(given: z.infer<typeof message>): ProviderNews {
  const { interactive } = given;
  const chosen = interactive?.button_reply?.title ?? interactive?.list_reply?.title ?? given.button?.text;
  return {
    kind: "received",
    providerId: given.id,
    from: `+${given.from}`,
    text: given.text?.body ?? chosen ?? `(${given.type})`,
    at: instantOfSeconds(given.timestamp),
    answers: given.context?.id ?? null,
  };
}
