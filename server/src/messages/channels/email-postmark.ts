import { z } from "zod";

import { adapter, batchLineOf, type Outcome, type OutgoingMessage, reasonOf } from "./adapter.ts";
import { type Answer, ask, checkBy, isYes, parseJson, readAnswer, refusalOf, UNREADABLE } from "./ask.ts";
import { isBasic } from "./hook-signatures.ts";
import { clickedBy, instantText, openedBy, type ProviderNews, readEach, toMessage } from "./provider-news.ts";

/** https://postmarkapp.com/developer/api/email-api and https://postmarkapp.com/developer/webhooks/webhooks-overview */
export const postmark = adapter({
  channel: "email",
  provider: "postmark",
  title: "Postmark",
  settings: z.strictObject({
    /** `outbound` for what people wait for, a broadcast stream for marketing. */
    message_stream: z.string().trim().min(1).max(60).default("outbound"),
  }),
  secrets: ["server_token"],
  /** Postmark does not sign: the hook's address carries `kilim:<this>@`, sent as HTTP Basic. */
  hookSecrets: ["hook_password"],
  open(account, { http }) {
    const origin = account.endpoint ?? "https://api.postmarkapp.com";
    const headers = { "x-postmark-server-token": account.secrets.server_token };
    return batchLineOf("email", MOST_IN_A_BATCH, {
      async send(batch) {
        const json = batch.map((message) => toBody(message, account.settings.message_stream));
        const answer = await ask(http, { method: "POST", url: `${origin}/email/batch`, headers, json });
        return readBatch(answer, batch.length);
      },
      check: () => checkBy(http, { method: "GET", url: `${origin}/server`, headers }),
    });
  },
  async readHook({ headers, body }, { secrets }) {
    if (secrets.hook_password === undefined || !isBasic(headers.authorization, "kilim", secrets.hook_password))
      return null;
    return { news: readEach(parseJson(body.toString("utf8")), record, toNews) };
  },
});

const MOST_IN_A_BATCH = 500;

function toBody({ id, to, content }: OutgoingMessage<"email">, stream: string) {
  return {
    From: content.from,
    To: to,
    ...(content.reply_to === undefined ? {} : { ReplyTo: content.reply_to }),
    Subject: content.subject,
    HtmlBody: content.html,
    TextBody: content.text,
    Headers: Object.entries(content.headers).map(([Name, Value]) => ({ Name, Value })),
    TrackOpens: false,
    TrackLinks: "None",
    Metadata: { kilim_id: id },
    MessageStream: stream,
  };
}

const result = z.object({ ErrorCode: z.int(), Message: z.string(), MessageID: z.string().optional() });

function readBatch(answer: Answer, length: number): Outcome[] {
  const all = (outcome: Outcome) => Array.from({ length }, () => outcome);
  if (!isYes(answer)) return all(refusalOf(answer, readAnswer(answer, result)?.Message));
  const results = readAnswer(answer, z.array(result).length(length));
  return results === null ? all(UNREADABLE) : results.map(toOutcome);
}

/** 300: not an address; 406: it bounced or complained before. 10, 100, 405, 429 are about the account. */
function toOutcome({ ErrorCode, Message, MessageID }: z.infer<typeof result>): Outcome {
  if (ErrorCode === 0) return { kind: "accepted", providerId: MessageID ?? null };
  const reason = reasonOf(`${ErrorCode} ${Message}`);
  if (ErrorCode === 429) return { kind: "limited", reason, retryAfterMs: null };
  if ([10, 100, 405, 412, 413].includes(ErrorCode)) return { kind: "transient", reason };
  const isBadAddress = ErrorCode === 406 || (ErrorCode === 300 && /'To'/.test(Message));
  return { kind: "permanent", reason, ...(isBadAddress ? { badAddress: true } : {}) };
}

const record = z.object({
  RecordType: z.string(),
  MessageID: z.string().optional(),
  Metadata: z.object({ kilim_id: z.uuid() }).partial().optional().catch(undefined),
  Type: z.string().optional(),
  Description: z.string().optional(),
  Details: z.string().optional(),
  OriginalLink: z.string().optional(),
  UserAgent: z.string().optional(),
  SuppressSending: z.boolean().optional(),
  DeliveredAt: instantText.optional(),
  BouncedAt: instantText.optional(),
  ReceivedAt: instantText.optional(),
  ChangedAt: instantText.optional(),
});

/** Bounces after which nothing more can arrive there. */
const HARD = new Set(["HardBounce", "BadEmailAddress", "ManuallyDeactivated"]);

function toNews(given: z.infer<typeof record>): ProviderNews | null {
  const message = toMessage(given.Metadata?.kilim_id, given.MessageID);
  if (!message) return null;
  const at = given.DeliveredAt ?? given.BouncedAt ?? given.ReceivedAt ?? given.ChangedAt ?? null;
  const reason = given.Details ?? given.Description;
  const about = { message, at, ...(reason === undefined ? {} : { reason }) };
  switch (given.RecordType) {
    case "Delivery":
      return { kind: "delivered", ...about };
    case "Bounce":
      if (given.Type === "SpamNotification" || given.Type === "SpamComplaint") return { kind: "complained", ...about };
      if (given.Type === "Transient") return { kind: "deferred", ...about };
      return { kind: "bounced", isHard: HARD.has(given.Type ?? ""), ...about };
    case "SpamComplaint":
      return { kind: "complained", ...about };
    case "SubscriptionChange":
      return given.SuppressSending ? { kind: "unsubscribed", ...about } : null;
    case "Open":
      return { ...openedBy(given.UserAgent), ...about };
    case "Click":
      return { ...clickedBy(given.UserAgent), url: given.OriginalLink ?? "", ...about };
    default:
      return null;
  }
}
