import { escapeHtml, type House } from "../../platform/house.ts";
import { housePage } from "../../platform/house-page.ts";
import type { Channel } from "../content/kinds.ts";
import { wordsFor } from "../content/words.ts";

/** Whom the page speaks to, and what it is about. */
export interface Reader {
  readonly language: string;
  readonly channel: Channel;
}

/** The page a person sees; it asks before it does anything, because scanners follow links. */
export function askPage(house: House, { language, channel }: Reader, preferencesUrl: string | null): string {
  const words = wordsFor(language);
  return housePage(
    house,
    language,
    words.unsubscribe,
    `<p>${words.ask(words.by[channel])}</p>
    <form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">
    <button type="submit">${words.confirm}</button></form>
    ${preferencesUrl === null ? "" : `<p><a href="${escapeHtml(preferencesUrl)}">${words.choose}</a></p>`}`,
  );
}

export function donePage(house: House, { language, channel }: Reader): string {
  const words = wordsFor(language);
  return housePage(house, language, words.unsubscribe, `<p role="status">${words.done(words.by[channel])}</p>`);
}

export function invalidPage(house: House, language: string): string {
  return housePage(house, language, wordsFor(language).invalid, "");
}
