import { wordsFor } from "../content/words.ts";

/** The page a person sees; it asks before it does anything, because scanners follow links. */
export function askPage(language: string, preferencesUrl: string | null): string {
  const words = wordsFor(language);
  return page(
    language,
    words.unsubscribe,
    `<p>${words.ask}</p>
    <form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">
    <button type="submit">${words.confirm}</button></form>
    ${preferencesUrl === null ? "" : `<p><a href="${preferencesUrl}">${words.choose}</a></p>`}`,
  );
}

export function donePage(language: string): string {
  const words = wordsFor(language);
  return page(language, words.unsubscribe, `<p role="status">${words.done}</p>`);
}

export function invalidPage(language: string): string {
  return page(language, wordsFor(language).invalid, "");
}

function page(language: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="${/^[a-z-]{2,12}$/i.test(language) ? language : "en"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color:#26221f;background:#faf8f5}
a{color:inherit}button{font:inherit;padding:.75rem 1.25rem;border:0;border-radius:6px;background:#b3312c;color:#fff;cursor:pointer}
@media(prefers-color-scheme:dark){body{color:#eee8e2;background:#1d1a18}}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;
}
