import { z } from "zod";

import { pageOf } from "../../platform/pages.ts";
import { type EmailBlock, emailBlock } from "../content/email-blocks.ts";
import { language } from "../vocabulary.ts";

const id = z.uuid();
const time = z.string();

/** What a block says in one language: as blocks of a mail, as text everywhere else. */
export const blockContent = z
  .strictObject({
    blocks: z
      .array(emailBlock)
      .max(20)
      .refine((blocks) => blocks.every(({ kind }) => kind !== "shared"), "a shared block holds no other shared block")
      .default([]),
    text: z.string().trim().max(2000).default(""),
  })
  .refine(
    ({ blocks, text }) => blocks.length > 0 || text !== "",
    "blocks for mail, a text for other channels, or both",
  );
export type BlockContent = { readonly blocks: readonly EmailBlock[]; readonly text: string };

export const blockKey = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, "small letters, digits and underscores");

export const blockBody = z.strictObject({
  /** How texts name it: `{{ shared.<key> }}`. It does not change. */
  key: blockKey,
  name: z.string().trim().min(1).max(120),
  default_language: language.default("en"),
  contents: z
    .record(language, blockContent)
    .refine((all) => Object.keys(all).length >= 1, "at least one language")
    .refine((all) => Object.keys(all).length <= 20, "at most 20 languages"),
});
export type BlockBody = z.infer<typeof blockBody>;

const summary = z.object({
  id,
  key: z.string(),
  name: z.string(),
  version: z.int(),
  languages: z.array(z.string()),
  /** Published templates it is in. */
  uses: z.int(),
  /** Those of them that have not taken its newest version yet. */
  behind: z.int(),
  /** Those that could not. */
  problems: z.int(),
  created_at: time,
  updated_at: time,
});
export const blockPage = pageOf(summary);
export type BlockSummary = z.infer<typeof summary>;

export const blockView = summary.extend({
  default_language: z.string(),
  contents: z.record(z.string(), z.looseObject({}) as unknown as z.ZodType<BlockContent>),
});
export type BlockView = z.infer<typeof blockView>;

export const blockVersionPage = pageOf(
  z.object({
    version: z.int(),
    author: z.string(),
    published_at: time,
    default_language: z.string(),
    contents: z.record(z.string(), z.looseObject({}) as unknown as z.ZodType<BlockContent>),
  }),
);
export type BlockVersion = z.infer<typeof blockVersionPage>["items"][number];

export const blockUsePage = pageOf(
  z.object({
    template_id: id,
    template_name: z.string(),
    channel: z.string(),
    /** The version of the block that is in it. */
    version: z.int(),
    problem: z.string().nullable(),
  }),
);
export type BlockUse = z.infer<typeof blockUsePage>["items"][number];
