import { z } from "zod";

import { market } from "../catalog/index.ts";
import { pageOf } from "../platform/pages.ts";

const slotName = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, "lower case letters, digits and _");

export const decideBody = z.object({
  anonymous_id: z.string().min(1).max(300),
  slots: z.array(slotName).min(1).max(20),
  /**
   * Where the question is asked: `product_id` of the page leaves that product out of what was viewed; products are
   * shown at the prices of `currency` and `region`.
   */
  context: z
    .object({ product_id: z.string().max(100).optional(), ...market.shape })
    .loose()
    .default({}),
});
export type DecideBody = z.infer<typeof decideBody>;

/** Why a slot shows what it shows, for the screen that asks and for people who check. */
export const REASONS = [
  "segment_rule",
  "rule_for_everybody",
  "no_rule",
  "last_category_of_person",
  "last_category_of_device",
  "cart_of_person",
  "cart_of_device",
  "viewed_by_person",
  "viewed_on_device",
  "waiting_for_person",
  "waiting_on_device",
  "nothing_known",
] as const;
export type Reason = (typeof REASONS)[number];

export const decided = z.object({
  slots: z.record(slotName, z.object({ reason: z.enum(REASONS) }).loose()),
});

export type Slot = { readonly reason: Reason; readonly [fact: string]: unknown };

const words = z.record(z.string().regex(/^[a-z]{2}$/), z.string().max(500));
export const ruleContent = z.object({
  /** What the screen shows is its own; this tells it which of its variants. */
  variant: z.string().min(1).max(60),
  title: words.optional(),
  text: words.optional(),
  href: z.string().max(500).optional(),
  image_url: z.string().max(500).optional(),
});

export const ruleBody = z.object({
  slot: slotName,
  /** Absent: for everybody. */
  segment_id: z.uuid().nullable().default(null),
  /** The lowest that fits wins. */
  position: z.int().min(0).max(10_000).default(100),
  content: ruleContent,
});
export type RuleBody = z.infer<typeof ruleBody>;

export const rule = ruleBody.extend({ id: z.uuid(), created_at: z.string() });
export type Rule = z.infer<typeof rule>;
export const rulePage = pageOf(rule);
