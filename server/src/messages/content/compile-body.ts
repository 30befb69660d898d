import { hideTokens } from "../brand/tokens.ts";
import { addFooter } from "./footer.ts";
import { LiquidError, parseLiquid } from "./liquid.ts";
import { liquidTags, withoutLiquid } from "./liquid-tags.ts";
import { liquidMistake, type Mistake, mistake } from "./mistakes.ts";

export interface CompiledBody {
  /** HTML with the Liquid still in it; empty when there are errors. */
  readonly html: string;
  readonly errors: readonly Mistake[];
}

/**
 * Compiles MJML once per version and language (about 13 ms); the Liquid in it is rendered per recipient. MJML drops
 * whatever text stands between its elements without a word, so every Liquid tag must come out as often as it went in.
 */
export async function compileBody(body: string, language: string, purpose: string): Promise<CompiledBody> {
  // Heavy (30 MB); only the part that publishes templates pays for it.
  const { default: toHtml } = await import("mjml");
  const { hidden, show } = hideTokens(body);
  let html: string;
  let errors: Mistake[];
  try {
    // No fonts: the defaults link to another host. No includes: they read files.
    const result = await toHtml(asDocument(hidden), {
      fonts: {},
      ignoreIncludes: true,
      validationLevel: "soft",
    });
    html = show(result.html.replaceAll('lang="und"', `lang="${language}"`));
    errors = result.errors.map((error) => mistake("mjml_not_valid", `${error.message} (${error.tagName})`, error.line));
  } catch (error) {
    return { html: "", errors: [mistake("mjml_not_valid", error instanceof Error ? error.message : String(error))] };
  }
  errors.push(...unclosedElements(body), ...lostTags(hidden, html));
  const unread = /<(mj-[a-z-]+)/.exec(html);
  if (unread) errors.push(mistake("mjml_in_text", `<${unread[1]}>`));
  if (/<mj-include\b/.test(body)) errors.push(mistake("mjml_include", "<mj-include>"));
  html = addFooter(html, language, purpose);
  try {
    parseLiquid(html, "html");
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    // Its lines are those of the HTML, which no author has seen.
    errors.push(liquidMistake(error, false));
  }
  return errors.length > 0 ? { html: "", errors } : { html, errors };
}

/** A fragment without the outer elements is taken as the text of a one-column mail. */
function asDocument(body: string): string {
  if (/<mjml[\s>]/.test(body)) return body;
  const inner = /<mj-(section|wrapper|hero|raw)[\s>]/.test(body)
    ? body
    : `<mj-section><mj-column><mj-text>${body}</mj-text></mj-column></mj-section>`;
  return `<mjml><mj-body>${inner}</mj-body></mjml>`;
}

const ELEMENT = /<(\/)?(mj[a-z-]*)\b(?:"[^"]*"|'[^']*'|[^'">])*?(\/)?>/g;

/** MJML's parser closes what was left open wherever it likes. */
function unclosedElements(body: string): Mistake[] {
  const open = new Map<string, number>();
  for (const [, closes, name = "", closed] of withoutLiquid(body, "").matchAll(ELEMENT)) {
    if (!closed) open.set(name, (open.get(name) ?? 0) + (closes ? -1 : 1));
  }
  return [...open].filter(([, count]) => count !== 0).map(([name]) => mistake("mjml_not_closed", `<${name}>`));
}

function lostTags(source: string, html: string): Mistake[] {
  const left = countTags(html);
  const errors: Mistake[] = [];
  for (const [tag, count] of countTags(source)) {
    if ((left.get(tag) ?? 0) < count) {
      errors.push(mistake("liquid_lost", tag, lineOf(source, tag)));
    }
  }
  return errors;
}

function countTags(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { tag: raw } of liquidTags(text)) {
    const tag = decodeEntities(raw).replace(/\s+/g, " ");
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return counts;
}

function lineOf(source: string, tag: string): number {
  for (const { tag: raw, index } of liquidTags(source)) {
    if (decodeEntities(raw).replace(/\s+/g, " ") === tag) return source.slice(0, index).split("\n").length;
  }
  return 1;
}

function decodeEntities(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
