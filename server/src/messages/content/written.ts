import { z } from "zod";
import { emailBlocks } from "./email-blocks.ts";
import type { Channel } from "./kinds.ts";

/** What an author writes for each channel, Liquid in every text; `kinds.ts` has what becomes of it for one person. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\r\n\0]*$/, "one line");
const address = line(2000);

export const writtenEmail = z
  .strictObject({
    subject: z.string().trim().min(1).max(500),
    /** What an inbox shows after the subject. */
    preheader: z.string().trim().max(250).optional(),
    /** MJML, or the text of a one-column mail; or else `blocks`. */
    body: z.string().min(1).max(200_000).optional(),
    blocks: emailBlocks.optional(),
  })
  .refine((email) => (email.body === undefined) !== (email.blocks === undefined), "either `body` or `blocks`");

export const writtenSms = z.strictObject({ text: z.string().trim().min(1).max(1600) });

export const writtenWhatsapp = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("template"),
    name: z.string().regex(/^[a-z0-9_]{1,512}$/, "as approved: small letters, digits and underscores"),
    language: z.string().regex(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/, "as Meta writes it: en, en_US, tr, id"),
    header: z
      .discriminatedUnion("type", [
        z.strictObject({ type: z.literal("text"), text: line(300) }),
        z.strictObject({ type: z.literal("image"), url: address }),
        z.strictObject({ type: z.literal("document"), url: address, filename: line(200) }),
      ])
      .optional(),
    /** The values of {{1}}, {{2}} … in their order. */
    body: z.array(z.string().trim().max(1024)).max(30).default([]),
    buttons: z
      .array(
        z.discriminatedUnion("type", [
          z.strictObject({ type: z.literal("url"), index: z.int().min(0).max(9), value: line(2000) }),
          z.strictObject({ type: z.literal("quick_reply"), index: z.int().min(0).max(9), value: line(256) }),
          z.strictObject({ type: z.literal("copy_code"), index: z.int().min(0).max(9), value: line(100) }),
        ]),
      )
      .max(10)
      .default([]),
    /** The approved text, for the preview only. */
    shown: z.string().max(2000).default(""),
  }),
  z.strictObject({ kind: z.literal("text"), text: z.string().trim().min(1).max(4096) }),
  z.strictObject({ kind: z.literal("image"), url: address, caption: z.string().trim().max(1024).default("") }),
]);

export const writtenPush = z.strictObject({
  title: line(200).min(1),
  body: z.string().trim().max(1000).default(""),
  image: address.default(""),
  url: address.default(""),
  actions: z
    .array(z.strictObject({ label: line(40).min(1), url: address.min(1) }))
    .max(2)
    .default([]),
  replaces: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,32}$/)
    .default(""),
  ttl: z.int().min(0).max(2_419_200).default(86_400),
});

export const writtenOnsite = z.strictObject({
  layout: z.enum(["banner", "modal", "slot"]),
  slot: line(100).default(""),
  title: line(200).default(""),
  body: z.string().trim().max(5000).default(""),
  image: address.default(""),
  action: z.strictObject({ label: line(60).min(1), url: address.min(1) }).optional(),
  /** Hours it may be shown after it was decided; absent: until it is taken back. */
  expires_hours: z.int().min(1).max(8760).optional(),
});

export const writtenWebhook = z.strictObject({
  url: address.min(1),
  method: z.enum(["POST", "PUT", "PATCH"]).default("POST"),
  headers: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/), line(4000)).default({}),
  /** JSON with Liquid inside its texts, where values are escaped as JSON; `| json` gives a whole value. */
  body: z.string().trim().min(1).max(200_000),
});

export const writtenLetter = z.strictObject({
  format: z.enum(["letter_a4", "postcard_a6"]),
  heading: line(200).default(""),
  body: z.string().trim().min(1).max(6000),
  coupon: z
    .strictObject({ code: line(60).min(1), symbology: z.enum(["qr", "code128"]), label: line(120).default("") })
    .optional(),
});

export const writtenCall = z.strictObject({
  script: z.string().trim().min(1).max(10_000),
  reason: line(200).min(1),
  /** Hours until it should have been made. */
  due_hours: z.int().min(1).max(720).optional(),
});

export const writtenSocial = z.strictObject({
  text: z.string().trim().min(1).max(1000),
  image: address.default(""),
});

export const WRITTEN = {
  email: writtenEmail,
  sms: writtenSms,
  whatsapp: writtenWhatsapp,
  push: writtenPush,
  onsite: writtenOnsite,
  webhook: writtenWebhook,
  letter: writtenLetter,
  call: writtenCall,
  social: writtenSocial,
} as const satisfies Record<Channel, z.ZodType>;

export type WrittenOf<C extends Channel> = z.infer<(typeof WRITTEN)[C]>;
export type Written = { [C in Channel]: WrittenOf<C> }[Channel];
export type WrittenEmail = WrittenOf<"email">;
