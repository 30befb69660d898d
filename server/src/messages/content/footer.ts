import { wordsFor } from "./words.ts";

const STYLE = "font-family:{{ brand.fonts.body }};font-size:12px;line-height:18px;color:{{ brand.colors.muted }}";

/**
 * A marketing mail without a way out is never sent, and none without what the law asks for: when the author forgot the
 * link or the brand's footer, we put them at the end.
 */
export function addFooter(html: string, language: string, purpose: string): string {
  const parts: string[] = [];
  if (!/\bbrand\.footer/.test(html)) parts.push("{% for line in brand.footer_lines %}{{ line }}<br>{% endfor %}");
  if (purpose === "marketing" && !/\{\{-?\s*unsubscribe_url\b/.test(html)) {
    const words = wordsFor(language);
    parts.push(`${words.why} <a href="{{ unsubscribe_url }}" style="color:inherit">${words.unsubscribe}</a>`);
  }
  if (parts.length === 0) return html;
  const footer = `<div style="${STYLE};text-align:center;padding:24px">${parts.join("")}</div>`;
  return html.replace(/(<\/div>\s*)?<\/body>/, (end) => `${footer}${end}`);
}
