import type { Template } from "liquidjs";
import { parseLiquid, renderLiquid } from "./liquid.ts";
import { makeText } from "./make-text.ts";
import type { RenderData } from "./render-data.ts";
import { type LinkMaker, rewriteLinks } from "./rewrite-links.ts";

/** One language of a published template: subject as written, HTML compiled from MJML, Liquid in both. */
export interface CompiledContent {
  readonly subject: string;
  readonly html: string;
}

export interface RenderedContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

interface Parsed {
  readonly subject: Template[];
  readonly html: Template[];
}

const parsed = new WeakMap<CompiledContent, Parsed>();

/** Renders one recipient's mail (under a millisecond for the Liquid). Throws LiquidError. */
export function renderContent(
  content: CompiledContent,
  data: RenderData,
  options: { readonly strict: boolean; readonly links?: LinkMaker },
): RenderedContent {
  const templates = parse(content);
  const plainHtml = renderLiquid(templates.html, "html", data, options.strict);
  return {
    subject: oneLine(renderLiquid(templates.subject, "plain", data, options.strict)),
    html: options.links ? rewriteLinks(plainHtml, options.links) : plainHtml,
    // From the untracked HTML: in text a reader sees every address in full.
    text: makeText(plainHtml),
  };
}

function parse(content: CompiledContent): Parsed {
  const known = parsed.get(content);
  if (known) return known;
  const fresh = { subject: parseLiquid(content.subject, "plain"), html: parseLiquid(content.html, "html") };
  parsed.set(content, fresh);
  return fresh;
}

/** A line break in a name must not start another header; controls and long runs of space go too. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 400);
}
