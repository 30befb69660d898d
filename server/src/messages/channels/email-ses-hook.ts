import { createVerify } from "node:crypto";
import { z } from "zod";

import type { Outbound } from "../../platform/outbound/outbound.ts";
import type { HookReading } from "./adapter.ts";
import { ask, isYes, parseJson } from "./ask.ts";
import { isFresh } from "./hook-signatures.ts";
import {
  clickedBy,
  type HookRequest,
  instantText,
  openedBy,
  type ProviderNews,
  readEach,
  toMessage,
} from "./provider-news.ts";

type Http = Pick<Outbound, "send">;

/** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
const envelope = z.object({
  Type: z.enum(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().optional(),
  Message: z.string(),
  Timestamp: z.string(),
  Token: z.string().optional(),
  SubscribeURL: z.string().optional(),
  SignatureVersion: z.enum(["1", "2"]),
  Signature: z.string(),
  SigningCertURL: z.string(),
});
type Envelope = z.infer<typeof envelope>;

/** What SES publishes to the account's topic; the subscription is confirmed when it is that topic's. */
export async function readSesHook(
  { body }: HookRequest,
  topic: string | undefined,
  http: Http,
  now: Temporal.Instant,
): Promise<HookReading | null> {
  const read = envelope.safeParse(parseJson(body.toString("utf8")));
  if (!read.success || topic === undefined || read.data.TopicArn !== topic) return null;
  if (!isFresh(Date.parse(read.data.Timestamp) / 1000, now) || !(await isSigned(read.data, http))) return null;
  const { Type, SubscribeURL, Message } = read.data;
  if (Type === "Notification") return { news: readEach(parseJson(Message), event, toNews) };
  if (Type === "SubscriptionConfirmation" && SubscribeURL !== undefined && isAmazons(SubscribeURL))
    await ask(http, { method: "GET", url: SubscribeURL });
  return { news: [] };
}

const AMAZON = /^sns\.[a-z0-9-]{3,}\.amazonaws\.com(\.cn)?$/;

/** A certificate from anywhere else would let anybody sign. */
function isAmazons(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === "https:" && url.port === "" && AMAZON.test(url.hostname);
}

const certificates = new Map<string, string>();

async function isSigned(message: Envelope, http: Http): Promise<boolean> {
  const url = message.SigningCertURL;
  if (!isAmazons(url) || !new URL(url).pathname.endsWith(".pem")) return false;
  const certificate = certificates.get(url) ?? (await fetchCertificate(url, http));
  if (certificate === null) return false;
  certificates.set(url, certificate);
  const algorithm = message.SignatureVersion === "1" ? "RSA-SHA1" : "RSA-SHA256";
  try {
    return createVerify(algorithm).update(toSign(message)).verify(certificate, message.Signature, "base64");
  } catch {
    // What is no certificate verifies nothing.
    return false;
  }
}

async function fetchCertificate(url: string, http: Http): Promise<string | null> {
  const answer = await ask(http, { method: "GET", url, isRepeatable: true });
  return isYes(answer) && answer.text.includes("BEGIN CERTIFICATE") ? answer.text : null;
}

function toSign(message: Envelope): string {
  const names =
    message.Type === "Notification"
      ? (["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"] as const)
      : (["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"] as const);
  return names.flatMap((name) => (message[name] === undefined ? [] : `${name}\n${message[name]}\n`)).join("");
}

const withTime = z.object({ timestamp: instantText }).partial();

/** https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const event = z.object({
  /** Named so by event publishing, and the other way by feedback notifications. */
  eventType: z.string().optional(),
  notificationType: z.string().optional(),
  mail: z.object({ messageId: z.string(), tags: z.record(z.string(), z.array(z.string())).optional() }),
  bounce: withTime
    .extend({
      bounceType: z.string(),
      bounceSubType: z.string().optional(),
      bouncedRecipients: z.array(z.object({ diagnosticCode: z.string().optional() })).optional(),
    })
    .optional(),
  complaint: withTime.optional(),
  delivery: withTime.optional(),
  deliveryDelay: withTime.extend({ delayType: z.string().optional() }).optional(),
  reject: z.object({ reason: z.string().optional() }).optional(),
  open: withTime.extend({ userAgent: z.string().optional() }).optional(),
  click: withTime.extend({ link: z.string().optional(), userAgent: z.string().optional() }).optional(),
});

function toNews(given: z.infer<typeof event>): ProviderNews | null {
  const ours = z.uuid().safeParse(given.mail.tags?.kilim_id?.[0]);
  const message = toMessage(ours.data, given.mail.messageId);
  if (!message) return null;
  const { bounce, complaint, delivery, deliveryDelay, reject, open, click } = given;
  const about = (part: { timestamp?: string | null | undefined } | undefined, reason?: string) => ({
    message,
    at: part?.timestamp ?? null,
    ...(reason === undefined ? {} : { reason }),
  });
  switch (given.eventType ?? given.notificationType) {
    case "Delivery":
      return { kind: "delivered", ...about(delivery) };
    case "DeliveryDelay":
      return { kind: "deferred", ...about(deliveryDelay, deliveryDelay?.delayType) };
    case "Bounce":
      return {
        kind: "bounced",
        isHard: bounce?.bounceType === "Permanent",
        ...about(bounce, bounce?.bouncedRecipients?.[0]?.diagnosticCode ?? bounce?.bounceSubType),
      };
    case "Complaint":
      return { kind: "complained", ...about(complaint) };
    case "Reject":
      return { kind: "failed", ...about(undefined, reject?.reason) };
    case "Open":
      return { ...openedBy(open?.userAgent), ...about(open) };
    case "Click":
      return { ...clickedBy(click?.userAgent), url: click?.link ?? "", ...about(click) };
    case "Subscription":
      return { kind: "unsubscribed", ...about(undefined) };
    default:
      return null;
  }
}
