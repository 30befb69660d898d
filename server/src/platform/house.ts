/**
 * How the retailer looks and is named, from its brand kit: what pages, receipts, letters and the mails that no template
 * makes are dressed in. Whoever hands it over has checked it: colours are `#rrggbb`, fonts letters and commas.
 */
export interface House {
  readonly name: string;
  readonly url: string;
  readonly colors: {
    readonly primary: string;
    readonly on_primary: string;
    readonly background: string;
    readonly surface: string;
    readonly text: string;
    readonly muted: string;
  };
  readonly fonts: { readonly heading: string; readonly body: string };
  /** Corners in pixels. */
  readonly radius: number;
  readonly logo: { readonly url: string; readonly alt: string; readonly width: number } | null;
  /** What the law asks for, in the reader's language. */
  readonly footer_lines: readonly string[];
}

/** The house as it is at this moment, for a reader of `language`. */
export type HouseIn = (language: string) => Promise<House>;

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function languageTag(language: string): string {
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? language : "en";
}
