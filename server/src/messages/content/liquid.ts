import { Liquid, type Template } from "liquidjs";

import { formatMoney } from "./format-money.ts";
import { imagePlace } from "./image-places.ts";

/** Where the rendered text goes: into HTML or JSON (values are escaped for it), or into plain text (they are not). */
export type LiquidTarget = "html" | "json" | "plain";

const PARSE_LIMIT = 300_000;
const OUTPUT_LIMIT = 1_000_000;
const MAX_DEPTH = 30;
/** Of the clock, not of work: a busy machine may take it without the template's fault. What bounds the work is counted. */
const RENDER_MS = 500;
const MEMORY_LIMIT = 5_000_000;
const TEMPLATE_LIMIT = 50_000;

/** Tags that would read other files; a message is whole in itself. */
const FILE_TAGS = ["include", "render", "layout", "block"];

const engines: Readonly<Record<LiquidTarget, Liquid>> = {
  html: makeEngine("html"),
  json: makeEngine("json"),
  plain: makeEngine("plain"),
};

function makeEngine(target: LiquidTarget): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    lenientIf: true,
    templates: {},
    timezoneOffset: "UTC",
    parseLimit: PARSE_LIMIT,
    ...(target === "html" ? { outputEscape: "escape" as const } : {}),
    ...(target === "json" ? { outputEscape: insideJson } : {}),
  });
  for (const tag of FILE_TAGS) delete engine.tags[tag];
  // A whole JSON value; nothing of it is escaped once more.
  engine.registerFilter("json", { raw: target === "json", handler: (value: unknown) => JSON.stringify(value ?? null) });
  engine.registerFilter("stock_image", (variant: unknown) => imagePlace("stock", variant));
  engine.registerFilter("countdown_image", (until: unknown) => imagePlace("countdown", until));
  engine.registerFilter("money", function (value: unknown) {
    return formatMoney(value, String(this.context.getSync(["language"]) ?? "en"));
  });
  return engine;
}

/** A value inside a JSON text. */
function insideJson(value: unknown): string {
  if (value === null || value === undefined) return "";
  return JSON.stringify(typeof value === "object" ? JSON.stringify(value) : String(value)).slice(1, -1);
}

/** Liquid's own mistakes, in its own words: they are the author's to mend. */
export class LiquidError extends Error {}

/** It took too long, which another time it may not. */
export class LiquidTooSlow extends LiquidError {}

const TOO_SLOW = /^template render limit exceeded/;

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
    const message = messageOf(cause);
    throw TOO_SLOW.test(message) ? new LiquidTooSlow(message, { cause }) : new LiquidError(message, { cause });
  }
  if (typeof text !== "string") throw new LiquidError("the template gives no text");
  if (text.length > OUTPUT_LIMIT) throw new LiquidError(`the text is longer than ${OUTPUT_LIMIT} characters`);
  return text;
}

/** The variable that a strict rendering did not find; null when something else was wrong. */
export function missingVariable(error: LiquidError): string | null {
  return /^undefined variable: ([\w.[\]-]+)/.exec(error.message)?.[1] ?? null;
}

/** The variables that templates read from what they are given: `person.first_name`, `cart.items`. */
export function variablesOf(templates: readonly Template[]): string[] {
  return engines.plain.globalFullVariablesSync([...templates]);
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
