import { Liquid, type Template } from "liquidjs";

import { formatMoney } from "./format-money.ts";

/** Where the rendered text goes: into HTML (values are escaped) or into a plain line (they are not). */
export type LiquidTarget = "html" | "plain";

const PARSE_LIMIT = 300_000;
const OUTPUT_LIMIT = 1_000_000;
const MAX_DEPTH = 30;
const RENDER_MS = 250;
const MEMORY_LIMIT = 5_000_000;
const TEMPLATE_LIMIT = 50_000;

/** Tags that would read other files; a message is whole in itself. */
const FILE_TAGS = ["include", "render", "layout", "block"];

const engines: Readonly<Record<LiquidTarget, Liquid>> = { html: makeEngine("html"), plain: makeEngine("plain") };

function makeEngine(target: LiquidTarget): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    lenientIf: true,
    templates: {},
    timezoneOffset: "UTC",
    parseLimit: PARSE_LIMIT,
    ...(target === "html" ? { outputEscape: "escape" as const } : {}),
  });
  for (const tag of FILE_TAGS) delete engine.tags[tag];
  engine.registerFilter("money", function (value: unknown) {
    return formatMoney(value, String(this.context.getSync(["language"]) ?? "en"));
  });
  return engine;
}

/** Liquid's own mistakes, in its own words: they are the author's to mend. */
export class LiquidError extends Error {}

export function parseLiquid(source: string, target: LiquidTarget): Template[] {
  if (blockDepth(source) > MAX_DEPTH) throw new LiquidError(`blocks are nested more than ${MAX_DEPTH} deep`);
  try {
    return engines[target].parse(source);
  } catch (cause) {
    throw new LiquidError(messageOf(cause), { cause });
  }
}

/** Renders within bounds of time, memory and output; `strict` turns a missing value into an error. */
export function renderLiquid(template: Template[], target: LiquidTarget, data: object, strict: boolean): string {
  let text: unknown;
  try {
    text = engines[target].renderSync(template, data, {
      strictVariables: strict,
      renderLimit: RENDER_MS,
      memoryLimit: MEMORY_LIMIT,
      templateLimit: TEMPLATE_LIMIT,
    });
  } catch (cause) {
    throw new LiquidError(messageOf(cause), { cause });
  }
  if (typeof text !== "string") throw new LiquidError("the template gives no text");
  if (text.length > OUTPUT_LIMIT) throw new LiquidError(`the text is longer than ${OUTPUT_LIMIT} characters`);
  return text;
}

const BLOCK = /\{%-?\s*(end)?(if|unless|case|for|tablerow|capture)\b/g;

/** The parser recurses, so depth is counted before it reads. */
function blockDepth(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [, end] of source.matchAll(BLOCK)) {
    depth += end ? -1 : 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split("\n")[0] ?? cause.message) : String(cause);
}
