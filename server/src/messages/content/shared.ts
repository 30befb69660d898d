import type { SharedBlock } from "../queries/blocks.pg.ts";
import { type SharedEmail, sectionsOf } from "./blocks-to-mjml.ts";
import { chooseLanguage } from "./choose-language.ts";
import type { Channel } from "./kinds.ts";
import { splitLiquid } from "./liquid-tags.ts";
import { type Mistake, mistake } from "./mistakes.ts";
import type { Written, WrittenEmail } from "./written.ts";

const NAMED = /\{\{-?\s*shared\.([a-z0-9_]+)\s*-?\}\}/g;

/** The shared blocks that what was written names: by id as a block of a mail, by key in texts. */
export function namedBlocks(all: readonly Written[]): { ids: string[]; keys: string[] } {
  const text = JSON.stringify(all);
  const ids = new Set<string>();
  for (const written of all) {
    for (const block of "blocks" in written ? (written.blocks ?? []) : [])
      if (block.kind === "shared") ids.add(block.block_id);
  }
  return { ids: [...ids], keys: [...new Set([...text.matchAll(NAMED)].map(([, key]) => key ?? ""))] };
}

export interface WithShared {
  readonly written: Written;
  readonly mail: ReadonlyMap<string, SharedEmail>;
  readonly errors: readonly Mistake[];
}

/** Puts what the shared blocks say in `language` where they are named. */
export function withShared(
  channel: Channel,
  written: Written,
  language: string,
  known: readonly SharedBlock[],
): WithShared {
  const errors: Mistake[] = [];
  const said = new Map(
    known.map((block) => [block.key, block.contents[nearest(block, language)] ?? { blocks: [], text: "" }]),
  );
  const mail = new Map(known.map(({ id, key }) => [id, { blocks: said.get(key)?.blocks ?? [] }]));
  const inText = (text: string, field: string): string =>
    text.replace(NAMED, (_whole, key: string) => {
      const block = said.get(key);
      if (!block) errors.push(mistake("shared_unknown", key));
      if (channel === "email" && field === "body" && block && block.blocks.length > 0)
        return sectionsOf(block.blocks, { language, shared: new Map() });
      if (block && block.text === "") errors.push(mistake("shared_empty", key));
      return channel === "email" && field !== "subject" ? asHtml(block?.text ?? "") : (block?.text ?? "");
    });
  const filled = mapTexts(written, inText) as Written;
  for (const block of "blocks" in written ? ((written as WrittenEmail).blocks ?? []) : [])
    if (block.kind === "shared" && !mail.has(block.block_id)) errors.push(mistake("shared_unknown", block.block_id));
  return { written: filled, mail, errors };
}

function nearest(block: SharedBlock, language: string): string {
  return chooseLanguage(Object.keys(block.contents), language, block.default_language);
}

/** The same with every text in it changed; `field` is the name of the field the text stands in. */
export function mapTexts(value: unknown, change: (text: string, field: string) => string, field = ""): unknown {
  if (typeof value === "string") return change(value, field);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, field));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change, key)]));
}

function asHtml(text: string): string {
  return splitLiquid(text)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "<br />"),
    )
    .join("");
}
