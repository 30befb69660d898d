import { convert } from "html-to-text";

const MOST_TEXT = 20_000;

/** What a description says without its markup: it stands in our pages, mails and feeds, where no script of others runs. */
export function asText(html: string | null): string | null {
  if (html === null) return null;
  if (!/[<&]/.test(html)) return html.slice(0, MOST_TEXT);
  const text = convert(html, {
    wordwrap: false,
    selectors: [
      { selector: "a", options: { ignoreHref: true } },
      { selector: "img", format: "skip" },
    ],
  });
  return text.trim().slice(0, MOST_TEXT) || null;
}
