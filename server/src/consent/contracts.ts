import { z } from "zod";

const time = z.string();
const channel = z.string().regex(/^[a-z][a-z_]{1,19}$/, "a channel such as email or sms");
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a local time such as 21:00");
/** Absent or empty: all of them. */
const channels = z.array(channel).max(20).default([]);

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

export const cap = z.strictObject({
  /** `null`: over all channels together. */
  channel: channel.nullable().default(null),
  messages: z.int().min(1).max(1000),
  /** A rolling window, at most 90 days. */
  per: z
    .string()
    .regex(/^P([1-9]\d?D|T[1-9]\d?H)$/, "days or hours, as in P7D or PT12H")
    .refine((per) => !/^P9[1-9]D$/.test(per), "at most P90D"),
});
export type Cap = z.infer<typeof cap>;

export const quietHours = z
  .strictObject({ channels, from: localTime, to: localTime })
  .refine(({ from, to }) => from !== to, { message: "begins when it ends", path: ["to"] });
export type QuietHours = z.infer<typeof quietHours>;

export const sendingWindow = z
  .strictObject({ channels, days: z.array(z.enum(DAYS)).min(1).max(7), from: localTime, to: localTime })
  .refine(({ from, to }) => from < to, { message: "ends before it begins", path: ["to"] });
export type SendingWindow = z.infer<typeof sendingWindow>;

/** What holds for marketing on all paths; what is owed to a person (`transactional`) is exempt. */
export const sendingRules = z.strictObject({
  caps: z.array(cap).max(20).default([]),
  /** In the person's own time zone. */
  quiet_hours: z.array(quietHours).max(20).default([]),
  /** Where a channel has windows, its marketing goes out within them alone. */
  windows: z.array(sendingWindow).max(40).default([]),
});
export type SendingRules = z.infer<typeof sendingRules>;

export const sendingRulesView = sendingRules.extend({ changed_by: z.string().nullable(), updated_at: time.nullable() });
export type SendingRulesView = z.infer<typeof sendingRulesView>;

const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "a language tag such as en, tr or id-ID");
export const topicKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,39}$/, "letters, digits and _, such as new_arrivals")
  .refine((key) => !["marketing", "transactional"].includes(key), "marketing and transactional are purposes already");
const inLanguages = z.record(language, z.string().trim().min(1).max(200));

/** What people can say yes or no to by itself. A topic is a purpose of consent like `marketing`. */
export const topicBody = z.strictObject({
  names: inLanguages.refine((names) => Object.keys(names).length > 0, "a name in at least one language"),
  descriptions: inLanguages.default({}),
  /** On which channels people are offered it. */
  channels: z.array(channel).min(1).max(20).default(["email"]),
  position: z.int().min(0).max(1000).default(0),
  archived: z.boolean().default(false),
});
export type TopicBody = z.infer<typeof topicBody>;
export const topicParams = z.object({ key: topicKey });
export const topicView = topicBody.extend({ key: z.string(), created_at: time, updated_at: time });
export type Topic = z.infer<typeof topicView>;

/** Where and how a choice was made. */
export const proof = z.record(z.string(), z.union([z.string(), z.boolean(), z.null()]));
export type Proof = z.infer<typeof proof>;

export const choiceView = z.object({
  key: z.string(),
  channel: z.string(),
  purpose: z.string(),
  state: z.enum(["granted", "denied"]),
  at: time,
  source: z.string(),
  wording: z.string().nullable(),
  proof,
});
export type ChoiceView = z.infer<typeof choiceView>;

export const preferencesLink = z.object({ url: z.string(), expires_at: time });

export const requestBody = z.strictObject({
  email: z.string().trim().min(3).max(320),
  /** `marketing`, topics, or both. */
  purposes: z.array(z.string().min(1).max(40)).min(1).max(20).default(["marketing"]),
  /** What the person has read and agreed to, word for word. */
  wording: z.string().trim().min(1).max(2000),
  /** The form or place in which they did. */
  source: z.string().trim().min(1).max(100).default("form"),
  language: language.default("en"),
  /** The page's address; what stands behind `?` or `#` is not kept. */
  page: z.string().max(500).optional(),
});
export type RequestBody = z.infer<typeof requestBody>;
