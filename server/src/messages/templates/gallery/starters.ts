import type { z } from "zod";

import type { EmailBlock, emailBlock } from "../../content/email-blocks.ts";
import type { Channel } from "../../content/kinds.ts";
import type { Written } from "../../content/written.ts";
import type { Purpose } from "../../vocabulary.ts";

export const SPOKEN = ["en", "tr", "id"] as const;
export type Spoken = (typeof SPOKEN)[number];
/** The same in English, Turkish and Indonesian. */
export type Words = readonly [en: string, tr: string, id: string];
export type Say = (words: Words) => string;

/** A template to begin from. */
export interface Starter {
  readonly id: string;
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly name: Words;
  readonly about: Words;
  write(say: Say): Written;
}

type Rough = z.input<typeof emailBlock> extends infer B ? (B extends { id: string } ? Omit<B, "id"> : never) : never;

/** Blocks with ids of their own; what is not said is as in the composer. */
export function blocksOf(blocks: readonly Rough[], parse: (block: unknown) => EmailBlock): EmailBlock[] {
  return blocks.map((block, index) => parse({ ...block, id: `b${index + 1}` }));
}
