import { z } from "zod";

/** Ways to reach one person. Audiences of ads are not one of them: nothing is said there to anybody alone. */
export const CHANNELS = ["email", "sms", "whatsapp", "push", "onsite", "webhook", "letter", "call", "social"] as const;
export type Channel = (typeof CHANNELS)[number];
export const channelName = z.enum(CHANNELS);

/** What accounts can be for: beside the channels, audiences of ads. */
export const ACCOUNT_CHANNELS = [...CHANNELS, "ads"] as const;
export type AccountChannel = (typeof ACCOUNT_CHANNELS)[number];

const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\r\n\0]*$/, "one line");
const url = z
  .string()
  .max(2_000)
  .regex(/^https?:\/\/[^\s]+$/, "https://…");

/** What is handed to an adapter: finished, made for one person, nothing left to render. One shape per channel. */
export const emailContent = z.strictObject({
  channel: z.literal("email"),
  /** `Name <address>` */
  from: line(400),
  reply_to: line(400).optional(),
  subject: line(1_000),
  html: z.string().max(2_000_000),
  text: z.string().max(1_000_000),
  /** Beside those every mail has: `List-Unsubscribe` and its like. */
  headers: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/), line(4_000)),
});

export const smsContent = z.strictObject({
  channel: z.literal("sms"),
  text: z.string().min(1).max(1_600),
  /** Whom it comes from, when the brand kit says so: a number or a name of at most 11 letters; else the account's. */
  from: z.string().max(40).optional(),
});

/** A template approved by Meta may open a conversation; free text only while the person's last word is under 24 h old. */
export const whatsappContent = z.discriminatedUnion("kind", [
  z.strictObject({
    channel: z.literal("whatsapp"),
    kind: z.literal("template"),
    name: z.string().regex(/^[a-z0-9_]{1,512}$/),
    language: z.string().regex(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/, "as Meta writes it: en, en_US, tr, id"),
    header: z
      .discriminatedUnion("type", [
        z.strictObject({ type: z.literal("text"), text: z.string().max(60) }),
        z.strictObject({ type: z.literal("image"), url }),
        z.strictObject({ type: z.literal("document"), url, filename: line(200) }),
      ])
      .optional(),
    /** The values of {{1}}, {{2}} … in their order. */
    body: z.array(z.string().max(1_024)).max(30),
    /** The values of buttons that have one, by their place in the template. */
    buttons: z
      .array(
        z.discriminatedUnion("type", [
          z.strictObject({ type: z.literal("url"), index: z.int().min(0).max(9), value: line(2_000) }),
          z.strictObject({ type: z.literal("quick_reply"), index: z.int().min(0).max(9), value: line(256) }),
          z.strictObject({ type: z.literal("copy_code"), index: z.int().min(0).max(9), value: line(15) }),
        ]),
      )
      .max(10),
  }),
  z.strictObject({ channel: z.literal("whatsapp"), kind: z.literal("text"), text: z.string().min(1).max(4_096) }),
  z.strictObject({
    channel: z.literal("whatsapp"),
    kind: z.literal("image"),
    url,
    caption: z.string().max(1_024).optional(),
  }),
]);

export const pushContent = z.strictObject({
  channel: z.literal("push"),
  title: line(200),
  body: z.string().max(1_000),
  image: url.optional(),
  /** Where a tap leads. */
  url: url.optional(),
  actions: z.array(z.strictObject({ label: line(40), url })).max(2),
  /** A later message of the same name takes the place of this one on the screen. */
  replaces: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,32}$/)
    .optional(),
  /** Seconds after which it is not worth showing any more. */
  ttl: z.int().min(0).max(2_419_200),
});

export const onsiteContent = z.strictObject({
  channel: z.literal("onsite"),
  layout: z.enum(["banner", "modal", "slot"]),
  /** Where it stands, when its layout is `slot`. */
  slot: line(100).optional(),
  title: line(200),
  body: z.string().max(5_000),
  image: url.optional(),
  action: z.strictObject({ label: line(60), url }).optional(),
  /** Not shown any more from then on. */
  expires_at: z.iso.datetime().optional(),
});

export const webhookContent = z.strictObject({
  channel: z.literal("webhook"),
  url,
  method: z.enum(["POST", "PUT", "PATCH"]),
  headers: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/), line(4_000)),
  /** JSON text, sent as it is. */
  body: z.string().max(256_000),
});

export const letterContent = z.strictObject({
  channel: z.literal("letter"),
  format: z.enum(["letter_a4", "postcard_a6"]),
  heading: line(200),
  /** Paragraphs, a blank line between them. */
  body: z.string().max(6_000),
  coupon: z.strictObject({ code: line(60), symbology: z.enum(["qr", "code128"]), label: line(120) }).optional(),
  /** What stands small at the foot: who sends it, how to be left alone. */
  footer: z.string().max(600),
  /** The brand's look when the letter was made. */
  look: z
    .strictObject({
      name: line(80),
      /** Who sends it and where returns go, small above the address. */
      sender: line(420),
      logo: url.nullable(),
      primary: z.string(),
      background: z.string(),
      text: z.string(),
      muted: z.string(),
    })
    .optional(),
});

export const callContent = z.strictObject({
  channel: z.literal("call"),
  /** What to say, paragraph by paragraph. */
  script: z.string().min(1).max(10_000),
  reason: line(200),
  due_at: z.iso.datetime().optional(),
});

/** A reply on Messenger or Instagram, within 24 h of the person's last word. */
export const socialContent = z.strictObject({ channel: z.literal("social"), text: z.string().min(1).max(1_000) });

export const channelContent = z.union([
  emailContent,
  smsContent,
  whatsappContent,
  pushContent,
  onsiteContent,
  webhookContent,
  letterContent,
  callContent,
  socialContent,
]);
export type ChannelContent = z.infer<typeof channelContent>;
export type LetterLook = NonNullable<z.infer<typeof letterContent>["look"]>;
export type ContentOf<C extends Channel> = Extract<ChannelContent, { readonly channel: C }>;
