import type { FastifyReply } from "fastify";

import { escapeHtml, type House, languageTag } from "./house.ts";

/** A page of ours for people, in the retailer's look. `body` is HTML; everything of others' in it must be escaped already. */
export function housePage(house: House, language: string, title: string, body: string): string {
  const { colors, fonts, logo } = house;
  // Of our own origin whatever name we are called by here.
  const mark = logo
    ? `<img src="${escapeHtml(new URL(logo.url).pathname)}" alt="${escapeHtml(logo.alt)}" width="${logo.width}">`
    : escapeHtml(house.name);
  const foot = house.footer_lines.map(escapeHtml).join("<br>");
  return `<!doctype html>
<html lang="${languageTag(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · ${escapeHtml(house.name)}</title>
<style>
:root{--brand:${colors.primary};--on-brand:${colors.on_primary};--ink:${colors.text};--paper:${colors.background};--card:${colors.surface};--line:${colors.muted}55;--soft:${colors.muted};--round:${house.radius}px}
@media(prefers-color-scheme:dark){:root{--ink:#eee8e2;--paper:#1d1a18;--card:#26221f;--line:#4a433d;--soft:#b5aba1}
header img{background:${colors.surface};padding:6px;border-radius:var(--round)}}
*{box-sizing:border-box}
body{font:16px/1.5 ${fonts.body};margin:0;color:var(--ink);background:var(--paper)}
header{border-top:6px solid var(--brand);padding:1.25rem 1.5rem 0;max-width:36rem;margin:0 auto;font:700 1.125rem ${fonts.heading}}
header a{color:inherit;text-decoration:none}
header img{display:block;max-width:100%;height:auto}
main{max-width:36rem;margin:0 auto;padding:0 1.5rem 2rem}
main a{color:inherit}
footer{max-width:36rem;margin:0 auto;padding:1rem 1.5rem 3rem;color:var(--soft);font-size:.8125rem}
h1{font:700 1.5rem/1.25 ${fonts.heading};margin:1.5rem 0 .5rem}
fieldset{border:1px solid var(--line);background:var(--card);border-radius:var(--round);margin:1rem 0;padding:.5rem 1rem 1rem}
legend{font-weight:600;padding:0 .25rem}
label{display:flex;gap:.75rem;align-items:flex-start;padding:.5rem 0;min-height:44px}
label small{display:block;color:var(--soft)}
input[type=checkbox]{width:1.25rem;height:1.25rem;margin:.15rem 0 0;accent-color:var(--brand);flex:none}
label.field{display:block}
select{display:block;width:100%;font:inherit;padding:.6rem;margin-top:.25rem;border:1px solid var(--line);border-radius:var(--round);background:var(--card);color:inherit}
button{font:inherit;font-weight:600;padding:.75rem 1.25rem;border:0;border-radius:var(--round);background:var(--brand);color:var(--on-brand);cursor:pointer;min-height:44px}
button.plain{background:none;color:inherit;border:1px solid var(--soft);font-weight:400}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
hr{border:0;border-top:1px solid var(--line);margin:2rem 0 1.5rem}
.soft{color:var(--soft)} .told{border-left:4px solid var(--brand);padding:.5rem 1rem;background:var(--card)}
</style></head>
<body><header><a href="${escapeHtml(house.url)}">${mark}</a></header><main><h1>${escapeHtml(title)}</h1>${body}</main>${foot ? `<footer>${foot}</footer>` : ""}</body></html>`;
}

/** Tokens stand in these pages' addresses: nobody keeps them, nobody passes them on. */
export function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .header(
      "content-security-policy",
      "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    .header("cache-control", "no-store, private")
    .header("referrer-policy", "no-referrer")
    .header("x-robots-tag", "noindex")
    .type("text/html; charset=utf-8")
    .send(html);
}
