import { z } from "zod";

/** The colours of a brand by what they are for. */
export const BRAND_COLORS = ["primary", "on_primary", "accent", "background", "surface", "text", "muted"] as const;
export type BrandColor = (typeof BRAND_COLORS)[number];
export const BRAND_FONTS = ["heading", "body"] as const;

const hexColor = z
  .string()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, "a colour such as #b3312c");

/** Fonts that every reader has: mail loads none. Letters, digits, commas and hyphens only, so that it fits any CSS. */
const fonts = z
  .string()
  .trim()
  .min(2)
  .max(200)
  .regex(/^[A-Za-z0-9 ,-]+$/, "names of fonts with commas between, such as Georgia, serif");

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "one line");

const webUrl = z
  .string()
  .trim()
  .max(1000)
  .regex(/^https?:\/\/[^\s"'<>]+$/, "an address such as https://example.com/");

/** Who speaks on a channel: the name readers see and the address or number it comes from. */
export const senderIdentity = z.strictObject({
  name: line(80).default(""),
  address: line(320).default(""),
  reply_to: line(320).default(""),
});

export const SENDER_CHANNELS = ["email", "sms", "whatsapp", "push", "onsite", "letter", "call", "social"] as const;

export const brandKit = z.strictObject({
  name: line(80).min(1),
  url: webUrl,
  cart_url: webUrl,
  /** Where a product is shown; `{id}` stands for its id. */
  product_url: webUrl,
  colors: z.strictObject({
    primary: hexColor,
    on_primary: hexColor,
    accent: hexColor,
    background: hexColor,
    surface: hexColor,
    text: hexColor,
    muted: hexColor,
  }),
  fonts: z.strictObject({ heading: fonts, body: fonts }),
  /** Corners of buttons and cards in pixels. */
  radius: z.int().min(0).max(40),
  /** `image` is the id of an uploaded picture. */
  logo: z.strictObject({ image: z.uuid(), alt: line(200).min(1), width: z.int().min(24).max(480) }).nullable(),
  /** How we speak, for whoever writes: shown beside the composer. */
  voice: z.string().trim().max(4000),
  /** Name, address and what the law asks for, per language; plain text. */
  footer: z.record(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), z.string().trim().max(2000)),
  senders: z.partialRecord(z.enum(SENDER_CHANNELS), senderIdentity),
});
export type BrandKit = z.infer<typeof brandKit>;

/** What the installation says of the brand by itself. */
export interface FirstBrand {
  readonly name: string;
  readonly url: string;
  readonly cart_url: string;
}

/** What a brand looks like before anybody has said so. */
export function firstKit(given: FirstBrand): BrandKit {
  return {
    ...given,
    product_url: `${given.url.replace(/\/$/, "")}/p/{id}`,
    colors: {
      primary: "#b3312c",
      on_primary: "#ffffff",
      accent: "#2f5d62",
      background: "#f4f1ec",
      surface: "#ffffff",
      text: "#2b2723",
      muted: "#6b645c",
    },
    fonts: { heading: "Georgia, Times New Roman, serif", body: "Helvetica, Arial, sans-serif" },
    radius: 6,
    logo: null,
    voice: "",
    footer: {},
    senders: {},
  };
}
