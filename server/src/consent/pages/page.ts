import type { FastifyReply } from "fastify";

/** How the retailer looks on a page that we host. */
export interface PageBrand {
  readonly name: string;
  readonly url: string;
  /** A CSS colour, `#rrggbb`. */
  readonly color: string;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** One of our pages for people. `body` is HTML; everything of others' in it must be escaped already. */
export function page(brand: PageBrand, language: string, title: string, body: string): string {
  const color = /^#[0-9a-f]{6}$/i.test(brand.color) ? brand.color : "#b3312c";
  return `<!doctype html>
<html lang="${/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? language : "en"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · ${escapeHtml(brand.name)}</title>
<style>
:root{--brand:${color};--ink:#26221f;--paper:#faf8f5;--card:#fff;--line:#d9d2ca;--soft:#6b625a}
@media(prefers-color-scheme:dark){:root{--ink:#eee8e2;--paper:#1d1a18;--card:#26221f;--line:#4a433d;--soft:#b5aba1}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;margin:0;color:var(--ink);background:var(--paper)}
header{border-top:6px solid var(--brand);padding:1.25rem 1.5rem 0;max-width:36rem;margin:0 auto;font-weight:700}
header a{color:inherit;text-decoration:none}
main{max-width:36rem;margin:0 auto;padding:0 1.5rem 3rem}
h1{font-size:1.5rem;line-height:1.25;margin:1.5rem 0 .5rem}
fieldset{border:1px solid var(--line);background:var(--card);border-radius:6px;margin:1rem 0;padding:.5rem 1rem 1rem}
legend{font-weight:600;padding:0 .25rem}
label{display:flex;gap:.75rem;align-items:flex-start;padding:.5rem 0;min-height:44px}
label small{display:block;color:var(--soft)}
input[type=checkbox]{width:1.25rem;height:1.25rem;margin:.15rem 0 0;accent-color:var(--brand);flex:none}
label.field{display:block}
select{display:block;width:100%;font:inherit;padding:.6rem;margin-top:.25rem;border:1px solid var(--line);border-radius:6px;background:var(--card);color:inherit}
button{font:inherit;font-weight:600;padding:.75rem 1.25rem;border:0;border-radius:6px;background:#26221f;color:#fff;cursor:pointer;min-height:44px}
@media(prefers-color-scheme:dark){button{background:#eee8e2;color:#26221f}}
button.plain{background:none;color:inherit;border:1px solid var(--line);font-weight:400}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
hr{border:0;border-top:1px solid var(--line);margin:2rem 0 1.5rem}
.soft{color:var(--soft)} .told{border-left:4px solid var(--brand);padding:.5rem 1rem;background:var(--card)}
</style></head>
<body><header><a href="${escapeHtml(brand.url)}">${escapeHtml(brand.name)}</a></header><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}

/** Tokens stand in these pages' addresses: nobody keeps them, nobody passes them on. */
export function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .header(
      "content-security-policy",
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    .header("cache-control", "no-store, private")
    .header("referrer-policy", "no-referrer")
    .header("x-robots-tag", "noindex")
    .type("text/html; charset=utf-8")
    .send(html);
}
