import { z } from "zod";

import { BRAND_COLORS } from "../brand/kit.ts";

/** A colour of the brand kit by its name, or one of its own (which `departures` then tells of). */
const color = z.union([z.enum(BRAND_COLORS), z.string().regex(/^#[0-9a-fA-F]{6}$/, "a colour such as #b3312c")]);
export type BlockColor = z.infer<typeof color>;
const align = z.enum(["left", "center", "right"]);
/** Liquid may stand in every text and address; it is rendered for each recipient. */
const text = z.string().max(20_000);
const line = z.string().max(1000);
const address = z.string().trim().max(2000);

const common = {
  /** Tells blocks apart while they are dragged; the author's editor makes it. */
  id: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
  /** A Liquid condition; the block is there only when it holds: `person.city == "Izmir"`. */
  when: z.string().trim().max(300).optional(),
  background: color.optional(),
};

const heading = z.strictObject({
  ...common,
  kind: z.literal("heading"),
  text: line,
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(1),
  align: align.default("left"),
  color: color.optional(),
});
/** `html` of paragraphs, lists, links, bold and italic. */
const paragraph = z.strictObject({
  ...common,
  kind: z.literal("text"),
  html: text,
  align: align.default("left"),
  size: z.int().min(10).max(32).optional(),
  color: color.optional(),
});
const image = z.strictObject({
  ...common,
  kind: z.literal("image"),
  url: address,
  alt: line,
  link: address.optional(),
  width: z.int().min(16).max(600).optional(),
  align: align.default("center"),
});
const button = z.strictObject({
  ...common,
  kind: z.literal("button"),
  text: line,
  url: address,
  align: align.default("left"),
  color: color.optional(),
  text_color: color.optional(),
});
const divider = z.strictObject({ ...common, kind: z.literal("divider"), color: color.optional() });
const spacer = z.strictObject({ ...common, kind: z.literal("spacer"), height: z.int().min(4).max(120) });
/** Products as they are when the mail is made: picture, price, how many are left. */
const products = z.strictObject({
  ...common,
  kind: z.literal("products"),
  source: z.enum(["cart", "list", "recommendations", "chosen"]),
  /** With `chosen`: which ones, in their order. */
  product_ids: z.array(z.uuid()).max(12).default([]),
  limit: z.int().min(1).max(12).default(4),
  show_price: z.boolean().default(true),
  show_stock: z.boolean().default(true),
  button: line.default(""),
});
/** A picture that is drawn when the mail is opened: how many are left then, or how long something still lasts. */
const live = z.strictObject({
  ...common,
  kind: z.literal("live"),
  shows: z.enum(["stock", "countdown"]),
  /** With `stock`: the variant, by its id or Liquid that gives one. */
  variant: line.default(""),
  /** With `countdown`: until when, RFC 3339 or Liquid that gives it. */
  until: line.default(""),
  alt: line,
  align: align.default("left"),
});
const logo = z.strictObject({ ...common, kind: z.literal("logo"), align: align.default("left") });
/** The legal footer of the brand kit and, in marketing, the way out. */
const footer = z.strictObject({ ...common, kind: z.literal("footer") });
/** The nearest store, or the loyalty balance, in our own words. */
const fact = z.strictObject({
  ...common,
  kind: z.literal("fact"),
  shows: z.enum(["store", "balance"]),
  align: align.default("left"),
});
/** MJML for what no block does; elements that may stand in a column. */
const code = z.strictObject({ ...common, kind: z.literal("code"), mjml: text });
const shared = z.strictObject({ ...common, kind: z.literal("shared"), block_id: z.uuid() });

const inColumns = [heading, paragraph, image, button, divider, spacer, live, logo, fact, code] as const;
const columns = z.strictObject({
  ...common,
  kind: z.literal("columns"),
  columns: z
    .array(
      z.strictObject({
        /** In percent of the mail's width; absent: its share. */
        width: z.int().min(10).max(90).optional(),
        blocks: z.array(z.discriminatedUnion("kind", inColumns)).max(30),
      }),
    )
    .min(1)
    .max(4),
});

export const emailBlock = z.discriminatedUnion("kind", [...inColumns, products, footer, columns, shared]);
export type EmailBlock = z.infer<typeof emailBlock>;
export type ColumnBlock = z.infer<(typeof inColumns)[number]>;
export const emailBlocks = z.array(emailBlock).max(100);
