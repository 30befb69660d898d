import type { Template } from "liquidjs";
import { type ImageMaker, placeImages } from "./image-places.ts";
import { LiquidError, parseLiquid, renderLiquid, variablesOf } from "./liquid.ts";
import { makeText, textOf, tidyText } from "./make-text.ts";
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
  /** Null when the text can only be made from the HTML of each recipient. */
  readonly text: Template[] | null;
}

const parsed = new WeakMap<CompiledContent, Parsed>();

/** Renders one recipient's mail (under a millisecond for the Liquid). Throws LiquidError. */
export function renderContent(
  content: CompiledContent,
  data: RenderData,
  options: { readonly strict: boolean; readonly links?: LinkMaker; readonly image?: ImageMaker },
): RenderedContent {
  const templates = parse(content);
  const plainHtml = placeImages(
    renderLiquid(templates.html, "html", data, options.strict),
    data.language,
    options.image ?? options.links?.image,
  );
  return {
    subject: oneLine(renderLiquid(templates.subject, "plain", data, options.strict)),
    html: options.links ? rewriteLinks(plainHtml, options.links) : plainHtml,
    // Untracked: in text a reader sees every address in full.
    text:
      templates.text === null
        ? makeText(plainHtml)
        : tidyText(renderLiquid(templates.text, "plain", data, options.strict)),
  };
}

/** The variables a compiled mail reads. */
export function variablesOfMail(content: CompiledContent): string[] {
  const { subject, html } = parse(content);
  return variablesOf([...subject, ...html]);
}

function parse(content: CompiledContent): Parsed {
  const known = parsed.get(content);
  if (known) return known;
  const fresh = {
    subject: parseLiquid(content.subject, "plain"),
    html: parseLiquid(squeeze(content.html), "html"),
    text: textTemplate(content.html),
  };
  parsed.set(content, fresh);
  return fresh;
}

/** MJML indents what it makes: a third of the mail, to be rendered and sent with each. Readers see the same. */
function squeeze(html: string): string {
  return /<pre\b|white-space:\s*pre|<textarea\b/i.test(html) ? html : html.replace(/[\t ]*\n\s*/g, "\n");
}

/** Filters whose values are HTML. */
const GIVES_HTML = /\|\s*(?:raw|newline_to_br)\b/;

/** The text alternative with its Liquid still in it: making it from each recipient's HTML costs more than all the rest. */
function textTemplate(html: string): Template[] | null {
  if (GIVES_HTML.test(html)) return null;
  try {
    return parseLiquid(textOf(html), "plain");
  } catch (error) {
    if (error instanceof LiquidError) return null;
    throw error;
  }
}

/** A line break in a name must not start another header; controls and long runs of space go too. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 400);
}
