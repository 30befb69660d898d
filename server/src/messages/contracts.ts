import { z } from "zod";

import { pageOf, pageQuery } from "../platform/pages.ts";

export * from "./channels/account-contracts.ts";
export * from "./content/kinds.ts";
export type { Brand, LiveCart, LiveCartItem, LiveStore } from "./content/render-data.ts";

export const PURPOSES = ["marketing", "transactional"] as const;
export type Purpose = (typeof PURPOSES)[number];

export const MESSAGE_STATUSES = ["queued", "sending", "sent", "skipped", "failed", "bounced"] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

const id = z.uuid();
const time = z.string();
const language = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "a language tag such as en, tr or id-ID");
const json = z.record(z.string(), z.json());

/** One language of a template: Liquid in the subject, MJML with Liquid in the body. */
export const content = z.strictObject({
  subject: z.string().trim().min(1).max(500),
  body: z.string().min(1).max(200_000),
});
export type Content = z.infer<typeof content>;

const contents = z
  .record(language, content)
  .refine((all) => Object.keys(all).length >= 1, "at least one language")
  .refine((all) => Object.keys(all).length <= 20, "at most 20 languages");

export const templateBody = z.strictObject({
  name: z.string().trim().min(1).max(120),
  channel: z.literal("email").default("email"),
  purpose: z.enum(PURPOSES).default("marketing"),
  default_language: language.default("en"),
  contents,
});
export type TemplateBody = z.infer<typeof templateBody>;

export const templateView = z.object({
  id,
  name: z.string(),
  channel: z.literal("email"),
  purpose: z.enum(PURPOSES),
  version: z.int(),
  default_language: z.string(),
  contents: z.record(z.string(), content),
  created_at: time,
  updated_at: time,
});
export type TemplateView = z.infer<typeof templateView>;
export const templatePage = pageOf(templateView.omit({ contents: true }).extend({ languages: z.array(z.string()) }));
export type TemplatePage = z.infer<typeof templatePage>;

export const previewBody = z.strictObject({
  /** `null` or absent: a preview without a person. */
  profile: z.string().max(400).nullish(),
  language: language.nullish(),
  /** Text not saved yet; absent: the published version. */
  content: content.optional(),
  data: json.default({}),
});
export const previewView = z.object({
  language: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  /** What would go wrong for this person: values that are missing, mistakes in the text. */
  errors: z.array(z.string()),
});
export type PreviewView = z.infer<typeof previewView>;

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
  created_at: time,
  sent_at: time.nullable(),
  opened_at: time.nullable(),
  clicked_at: time.nullable(),
  ordered_at: time.nullable(),
  order_id: z.string().nullable(),
});
export type MessageView = z.infer<typeof messageView>;
export const messagePage = pageOf(messageView);
export const messageQuery = pageQuery.extend({
  profile: z.string().max(400).optional(),
  journey: id.optional(),
  status: z.enum(MESSAGE_STATUSES).optional(),
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

export const suppressionBody = z.strictObject({ address: z.string().trim().min(3).max(320) });
export const suppressionPage = pageOf(z.object({ address: z.string(), reason: z.string(), created_at: time }));

export const idParams = z.object({ id });
export const tokenParams = z.object({ token: z.string().max(4096) });
