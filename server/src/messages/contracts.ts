import { z } from "zod";

import { pageOf, pageQuery } from "../platform/pages.ts";
import { channelName } from "./content/kinds.ts";
import { language, PURPOSES } from "./vocabulary.ts";

export type { AdAudienceBody, AdAudienceView, AdUploadView } from "./audiences/contracts.ts";
export * from "./blocks/contracts.ts";
export * from "./brand/contracts.ts";
export { BRAND_COLORS, type BrandColor, type BrandKit } from "./brand/kit.ts";
export type { Audience, AudienceView, BroadcastBody, BroadcastView } from "./broadcasts/contracts.ts";
export * from "./channels/account-contracts.ts";
export * from "./channels/call-contracts.ts";
export type { ApprovedTemplates } from "./channels/whatsapp-templates.ts";
export type { EmailBlock } from "./content/email-blocks.ts";
export * from "./content/kinds.ts";
export type { Brand, LiveCart, LiveCartItem, LiveProduct, LiveStore } from "./content/render-data.ts";
export type { Written, WrittenOf } from "./content/written.ts";
export type { ImageView } from "./images/contracts.ts";
export type { BroadcastReport, ReportBy, ReportView } from "./reports/contracts.ts";
export * from "./templates/contracts.ts";
export { PURPOSES, type Purpose } from "./vocabulary.ts";

export const MESSAGE_STATUSES = ["queued", "sending", "sent", "skipped", "failed", "bounced"] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

const id = z.uuid();
const time = z.string();
const json = z.record(z.string(), z.json());

export const sendBody = z.strictObject({
  template_id: id,
  /** A profile's id or `type:value`. */
  profile: z.string().min(1).max(400),
  language: language.optional(),
  data: json.default({}),
});
export const sendView = z.object({ id, status: z.enum(MESSAGE_STATUSES) });

export const messageView = z.object({
  id,
  profile_id: id.nullable(),
  template_id: id.nullable(),
  template_name: z.string().nullable(),
  channel: z.string(),
  purpose: z.enum(PURPOSES),
  status: z.enum(MESSAGE_STATUSES),
  reason: z.string().nullable(),
  subject: z.string().nullable(),
  journey_id: id.nullable(),
  /** What it is one of, when it was said to many. */
  broadcast_id: id.nullable(),
  broadcast_name: z.string().nullable(),
  variant: z.string().nullable(),
  created_at: time,
  sent_at: time.nullable(),
  /** As far as its provider tells: a channel without news leaves these empty. */
  delivered_at: time.nullable(),
  deferred_at: time.nullable(),
  bounced_at: time.nullable(),
  complained_at: time.nullable(),
  replied_at: time.nullable(),
  /** By a scanner or a privacy proxy: no opening. */
  machine_opened_at: time.nullable(),
  opened_at: time.nullable(),
  clicked_at: time.nullable(),
  ordered_at: time.nullable(),
  order_id: z.string().nullable(),
  /** It was given up, and can be made again: from its template, or from its text, which a code's is not kept for. */
  can_resend: z.boolean(),
});
export type MessageView = z.infer<typeof messageView>;
export const messagePage = pageOf(messageView);
export const messageQuery = pageQuery.extend({
  profile: z.string().max(400).optional(),
  journey: id.optional(),
  broadcast: id.optional(),
  /** `given_up`: those that failed or bounced. */
  status: z.enum([...MESSAGE_STATUSES, "given_up"]).optional(),
});

const mailSummary = z.object({
  id,
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  at: time,
  message_id: z.string(),
});
export const mailPage = pageOf(mailSummary);
export const mailView = mailSummary.extend({
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
});
export type MailView = z.infer<typeof mailView>;

const cap = z.strictObject({
  messages: z.int().min(1).max(1000),
  /** A duration such as P1D or P7D. */
  per: z.string().regex(/^P(\d+D|T\d+H)$/, "days or hours, as in P1D or PT12H"),
});

export const emailChannelBody = z.strictObject({
  /** `smtp://user:password@host:port` or `smtps://…`; `null` goes back to SMTP_URL; absent leaves it as it is. */
  smtp_url: z
    .string()
    .max(1000)
    .regex(/^smtps?:\/\/[^\s]+$/, "smtp://host:port or smtps://user:password@host:port")
    .nullish(),
  /** `Name <address>`; `null` goes back to KILIM_MAIL_FROM. */
  from: z
    .string()
    .trim()
    .min(3)
    .max(320)
    .regex(/^[^\r\n]*@[^\r\n]*$/, "an address, or Name <address>")
    .nullish(),
  /** At most so many marketing messages per person and time; `null` for no limit. */
  frequency_cap: cap.nullish(),
});
export type EmailChannelBody = z.infer<typeof emailChannelBody>;

export const emailChannelView = z.object({
  channel: z.literal("email"),
  /** Where mail goes: an SMTP server, a provider's API, or the built-in mailbox. */
  delivery: z.enum(["smtp", "provider", "mailbox"]),
  provider: z.string(),
  /** Host and port only; the whole address is never shown again. */
  smtp_host: z.string().nullable(),
  smtp_source: z.enum(["screen", "environment"]).nullable(),
  from: z.string(),
  frequency_cap: cap.nullable(),
});
export type EmailChannelView = z.infer<typeof emailChannelView>;

const BY_NUMBER: readonly string[] = ["sms", "whatsapp", "call"];
/** Of what is lifted nothing more is asked: it may stand in the list from when less was refused. */
export const suppressionPlace = z.strictObject({
  channel: channelName.default("email"),
  address: z.string().trim().min(3).max(320),
});
export const suppressionBody = suppressionPlace
  .refine(({ channel, address }) => !BY_NUMBER.includes(channel) || /^\+\d{7,15}$/.test(address), {
    path: ["address"],
    message: "a number such as +905551234567",
  })
  .refine(({ channel, address }) => channel !== "email" || /^[^\s@]+@[^\s@]+$/.test(address), {
    path: ["address"],
    message: "an address such as ayse@example.com",
  });
export const suppressionQuery = pageQuery.extend({ channel: channelName.default("email") });
export const suppressionPage = pageOf(
  z.object({ channel: channelName, address: z.string(), reason: z.string(), created_at: time }),
);
export type SuppressionView = z.infer<typeof suppressionPage>["items"][number];

export const idParams = z.object({ id });
export const tokenParams = z.object({ token: z.string().max(4096) });
