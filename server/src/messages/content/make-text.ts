import { compile } from "html-to-text";

const convert = compile({
  wordwrap: 78,
  limits: { maxInputLength: 1_000_000, maxDepth: 100, ellipsis: "" },
  selectors: [
    { selector: "img", format: "skip" },
    { selector: "a", options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
    { selector: "table", format: "block" },
  ],
});

/** The text alternative of rendered HTML, for readers and filters that want no HTML. */
export function makeText(html: string): string {
  return convert(html)
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
