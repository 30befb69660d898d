import { escapeHtml, type House, languageTag } from "./house.ts";

/**
 * A mail of ours that no template makes, in the retailer's look; a page too: styles on the elements, no script, nothing
 * loaded but pictures of ours. `body` is HTML; everything of others' in it must be escaped already.
 */
export function houseMail(house: House, language: string, title: string, body: string): string {
  const { colors, fonts, logo } = house;
  const mark = logo
    ? `<img src="${escapeHtml(logo.url)}" alt="${escapeHtml(logo.alt)}" width="${logo.width}" style="max-width:100%;height:auto">`
    : escapeHtml(house.name);
  const foot = house.footer_lines.map(escapeHtml).join("<br>");
  return `<!doctype html><html lang="${languageTag(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${escapeHtml(title)}</title></head><body style="margin:0;padding:16px 0;background:${colors.background};font-family:${fonts.body};color:${colors.text}"><main style="max-width:520px;margin:0 auto;padding:24px;background:${colors.surface};border-radius:${house.radius}px"><p style="margin:0 0 16px;color:${colors.primary};font-family:${fonts.heading};font-size:18px;font-weight:700">${mark}</p>${body}${foot ? `<p style="margin:24px 0 0;font-size:12px;color:${colors.muted}">${foot}</p>` : ""}</main></body></html>`;
}

export function mailHeading({ fonts }: House, text: string): string {
  return `<h1 style="font-family:${fonts.heading};font-size:22px;margin:0 0 4px">${escapeHtml(text)}</h1>`;
}

/** What is said beside the matter. */
export function mailNote({ colors }: House, lines: readonly string[]): string {
  return `<p style="color:${colors.muted}">${lines.map(escapeHtml).join("<br>")}</p>`;
}

export function mailButton({ colors, radius }: House, label: string, url: string): string {
  return `<p><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 20px;background:${colors.primary};color:${colors.on_primary};border-radius:${radius}px;text-decoration:none;font-weight:600">${escapeHtml(label)}</a></p>`;
}
