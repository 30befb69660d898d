import { compile } from "html-to-text";

const convert = compile({
  // Wrapped when the values are in it.
  wordwrap: false,
  limits: { maxInputLength: 1_000_000, maxDepth: 100, ellipsis: "" },
  selectors: [
    { selector: "img", format: "skip" },
    { selector: "a", options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
    { selector: "table", format: "block" },
    // As written: there may be Liquid in a heading, whose names are not the same in capitals.
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** The text alternative of HTML, for readers and filters that want no HTML. */
export function makeText(html: string): string {
  return tidyText(textOf(html));
}

/** The same, its lines as long as they come: for HTML in which there is Liquid still. */
export function textOf(html: string): string {
  return convert(html);
}

/** A line of more is broken at a space; an address is never broken. */
const LONG_LINE = /^(?=.{79})(.{1,78})(?: +|$)|^(\S{79,})(?: +|$)/;

/** At most one blank line at a time, and lines of at most 78 characters. */
export function tidyText(text: string): string {
  return text
    .replace(/[\t ]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
    .split("\n")
    .map(wrap)
    .join("\n");
}

function wrap(line: string): string {
  const lines: string[] = [];
  let rest = line;
  for (let match = LONG_LINE.exec(rest); match; match = LONG_LINE.exec(rest)) {
    lines.push(match[1] ?? match[2] ?? "");
    rest = rest.slice(match[0].length);
  }
  return rest === "" && lines.length > 0 ? lines.join("\n") : [...lines, rest].join("\n");
}
