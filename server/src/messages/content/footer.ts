import { wordsFor } from "./words.ts";

/** A marketing mail without a way out is never sent: when the author forgot the link, we put it at the end. */
export function addFooter(html: string, language: string): string {
  if (/\{\{-?\s*unsubscribe_url\b/.test(html)) return html;
  const words = wordsFor(language);
  const footer =
    '<div style="font-family:Arial,sans-serif;font-size:12px;line-height:18px;color:#6b6b6b;text-align:center;padding:24px">' +
    `${words.why} <a href="{{ unsubscribe_url }}" style="color:#6b6b6b">${words.unsubscribe}</a></div>`;
  return html.replace(/(<\/div>\s*)?<\/body>/, (end) => `${footer}${end}`);
}
