import { createHash } from "node:crypto";
import { z } from "zod";

import { adapter, lineOf } from "./adapter.ts";
import { ask, basic, checkBy, isYes, parseJson, readAnswer, refusalOf, UNREADABLE } from "./ask.ts";
import { isSame } from "./hook-signatures.ts";
import { readHs256 } from "./jwt.ts";
import { keywordReplies } from "./keyword-replies.ts";
import { type HookRequest, instantText, type ProviderNews, readEach, toMessage } from "./provider-news.ts";

/** https://developer.vonage.com/en/api/messages and https://developer.vonage.com/en/getting-started/concepts/webhooks */
export const vonage = adapter({
  channel: "sms",
  provider: "vonage",
  title: "Vonage",
  settings: z.strictObject({
    api_key: z.string().trim().min(1).max(40),
    from: z.string().trim().min(1).max(40),
    ...keywordReplies,
  }),
  repliesByMessage: true,
  secrets: ["api_secret"],
  hookSecrets: ["signature_secret"],
  open(account, { http, publicUrl }) {
    const { api_key, from } = account.settings;
    const origin = account.endpoint ?? "https://api.nexmo.com";
    const headers = { authorization: basic(api_key, account.secrets.api_secret) };
    return lineOf("sms", {
      async send({ id, to, content }) {
        const answer = await ask(http, {
          method: "POST",
          url: `${origin}/v1/messages`,
          headers,
          json: {
            channel: "sms",
            message_type: "text",
            to: to.replace(/^\+/, ""),
            from: (content.from ?? from).replace(/^\+/, ""),
            text: content.text,
            client_ref: id,
            sms: { encoding_type: "auto" },
            webhook_url: `${publicUrl}/v1/hooks/${account.id}`,
            webhook_version: "v1",
          },
        });
        if (!isYes(answer)) {
          const said = readAnswer(answer, problem);
          // 402: the balance is used up.
          if (answer.status === 402) return { kind: "transient", reason: `402 ${said?.title ?? ""}`.trim() };
          const outcome = refusalOf(answer, said && [said.title, said.detail].join(": "));
          const isBadAddress = said?.invalid_parameters?.some(({ name }) => name === "to") === true;
          return outcome.kind === "permanent" && isBadAddress ? { ...outcome, badAddress: true } : outcome;
        }
        const uuid = readAnswer(answer, z.object({ message_uuid: z.string() }))?.message_uuid;
        return uuid === undefined ? UNREADABLE : { kind: "accepted", providerId: uuid };
      },
      check: () => checkBy(http, { method: "GET", url: `${origin}/v2/applications?page_size=1`, headers }),
    });
  },
  async readHook(request, { secrets, settings }, { clock }) {
    if (secrets.signature_secret === undefined) return null;
    if (!isSigned(request, secrets.signature_secret, settings.api_key, clock.now())) return null;
    return { news: readEach(parseJson(request.body.toString("utf8")), event, toNews) };
  },
});

const problem = z.object({
  title: z.string(),
  detail: z.string().optional(),
  invalid_parameters: z.array(z.object({ name: z.string() })).optional(),
});

/** A JWT with the body's hash in it. */
function isSigned({ headers, body }: HookRequest, secret: string, apiKey: string, now: Temporal.Instant): boolean {
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1];
  const claims = token === undefined ? null : readHs256(token, secret);
  if (claims === null || claims.api_key !== apiKey) return false;
  const age = now.epochMilliseconds / 1000 - Number(claims.iat);
  if (!(Math.abs(age) <= FRESH_SECONDS) || typeof claims.payload_hash !== "string") return false;
  return isSame(claims.payload_hash.toLowerCase(), createHash("sha256").update(body).digest("hex"));
}

const FRESH_SECONDS = 300;

const event = z.object({
  message_uuid: z.string(),
  client_ref: z.uuid().optional().catch(undefined),
  timestamp: instantText.optional(),
  status: z.string().optional(),
  error: z
    .object({ type: z.union([z.string(), z.number()]), title: z.union([z.string(), z.number()]) })
    .partial()
    .optional(),
  message_type: z.string().optional(),
  text: z.string().optional(),
  from: z.string().optional(),
});

/** https://developer.vonage.com/en/messages/guides/delivery-receipts: 1310 unknown, 1320 absent for ever … */
const HARD = /\b(1300|1310|1330|6|7|9)$/;

function toNews(given: z.infer<typeof event>): ProviderNews | null {
  const at = given.timestamp ?? null;
  if (given.message_type === "text" && given.from !== undefined) {
    const from = `+${given.from.replace(/^\+/, "")}`;
    return { kind: "received", providerId: given.message_uuid, from, text: given.text ?? "", at, answers: null };
  }
  const message = toMessage(given.client_ref, given.message_uuid);
  if (!message) return null;
  const code = given.error?.title ?? given.error?.type;
  const about = { message, at, ...(code === undefined ? {} : { reason: `Vonage error ${code}` }) };
  switch (given.status) {
    case "delivered":
      return { kind: "delivered", ...about };
    case "read":
      return { kind: "read", ...about };
    case "undeliverable":
      return { kind: "bounced", isHard: HARD.test(String(given.error?.type ?? "")), ...about };
    case "rejected":
      return { kind: "failed", ...about };
    default:
      return null;
  }
}
