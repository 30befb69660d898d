import { SaxesParser } from "saxes";

import { refuse } from "../errors.ts";
import type { SourceRow } from "./deps.ts";

/** What one field may hold; a feed that puts more into it is cut there. */
const MOST_TEXT = 20_000;
const ITEMS = new Set(["item", "entry"]);

/**
 * The items of a Google Merchant feed (RSS 2.0 or Atom), some at once. A field that comes several times is one list with
 * commas. Only names and texts are read: no document type, no entity of its own, nothing from elsewhere.
 */
export async function* readFeedXml(bytes: AsyncIterable<Buffer>): AsyncGenerator<readonly SourceRow[]> {
  const parser = new SaxesParser();
  let ready: SourceRow[] = [];
  let number = 0;
  let depth = 0;
  let item: Map<string, string> | null = null;
  let itemDepth = 0;
  let text = "";
  let broken: Error | null = null;
  parser.on("error", (error) => {
    broken ??= error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    text = "";
    if (item === null && ITEMS.has(localOf(name))) {
      item = new Map();
      itemDepth = depth;
    } else if (item && depth === itemDepth + 1 && localOf(name) === "link" && attributes.href) {
      // Atom puts the address into an attribute.
      text = attributes.href;
    }
  });
  const add = (part: string) => {
    if (item && text.length < MOST_TEXT) text = (text + part).slice(0, MOST_TEXT);
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", ({ name }) => {
    if (item && depth === itemDepth + 1 && text.trim() !== "") {
      const key = localOf(name);
      const before = item.get(key);
      item.set(key, before === undefined ? text.trim() : `${before},${text.trim()}`);
    } else if (item && depth === itemDepth) {
      ready.push({ number: ++number, cells: item });
      item = null;
    }
    depth -= 1;
    if (depth === itemDepth) text = "";
  });
  const decoder = new TextDecoder();
  for await (const piece of bytes) {
    parser.write(decoder.decode(piece, { stream: true }));
    if (ready.length > 0) yield ready;
    ready = [];
    if (broken) throw refuse("unreadable_feed");
  }
  parser.write(decoder.decode());
  parser.close();
  if (ready.length > 0) yield ready;
  if (broken) throw refuse("unreadable_feed");
}

function localOf(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
