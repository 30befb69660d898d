import type { BrandKit } from "../../brand/kit.ts";
import { contrastOf } from "../contrast.ts";
import { readColor } from "../css-color.ts";
import { withoutLiquid } from "../liquid-tags.ts";

export interface HardToRead {
  readonly ink: string;
  readonly paper: string;
  readonly contrast: number;
}

const HIDDEN = [
  ["<!--", "-->"],
  ["<head", "</head>"],
  ["<style", "</style>"],
] as const;
const PIECE = /<(\/)?([a-z][a-z0-9]*)\b([^<>]*?)(\/)?>|([^<>]+)/gi;
const VOID = new Set(["br", "img", "hr", "meta", "link", "input", "col"]);
const TOKEN = /\{\{-?\s*brand\.colors\.(\w+)\s*-?\}\}/g;
/** As WCAG has it: 4.5, and 3 from 24 pixels on. */
const [LEAST, LEAST_LARGE, LARGE] = [4.5, 3, 24];

interface Place {
  readonly name: string;
  readonly ink: string;
  /** Null where a picture or a gradient lies behind: nobody can tell. */
  readonly paper: string | null;
  readonly size: number;
}

/** The pairs of colours in a compiled mail that are hard to read, with styles inherited as readers' programs inherit them. */
export function hardToRead(html: string, kit: BrandKit): HardToRead[] {
  const dyed = html.replace(TOKEN, (whole, name: string) => kit.colors[name as keyof BrandKit["colors"]] ?? whole);
  const shown = HIDDEN.reduce((text, [from, to]) => cut(text, from, to), dyed);
  const open: Place[] = [{ name: "", ink: "#000000", paper: "#ffffff", size: 16 }];
  const found = new Map<string, HardToRead>();
  for (const [, closes, name = "", attributes = "", isClosed, text] of withoutLiquid(shown, " ").matchAll(PIECE)) {
    const here = open.at(-1) as Place;
    if (text !== undefined) {
      if (here.paper === null || !/[\p{L}\p{N}]/u.test(text.replace(/&\w+;/g, ""))) continue;
      const contrast = contrastOf(here.ink, here.paper);
      if (contrast >= (here.size >= LARGE ? LEAST_LARGE : LEAST)) continue;
      found.set(`${here.ink} ${here.paper}`, { ink: here.ink, paper: here.paper, contrast });
    } else if (closes) {
      const at = open.findLastIndex((place) => place.name === name.toLowerCase());
      if (at > 0) open.length = at;
    } else if (!isClosed && !VOID.has(name.toLowerCase())) {
      open.push(placeOf(name.toLowerCase(), attributes, here));
    }
  }
  return [...found.values()];
}

/** The text without what stands between two marks; what nothing closes goes to the end. One pass, whatever it holds. */
function cut(text: string, from: string, to: string): string {
  const kept: string[] = [];
  let at = 0;
  for (let start = text.indexOf(from); start !== -1; start = text.indexOf(from, at)) {
    kept.push(text.slice(at, start));
    const end = text.indexOf(to, start);
    at = end === -1 ? text.length : end + to.length;
  }
  return kept.join("") + text.slice(at);
}

function placeOf(name: string, attributes: string, around: Place): Place {
  const style = /\bstyle="([^"]*)"/i.exec(attributes)?.[1]?.toLowerCase() ?? "";
  const said = (property: string) => new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`).exec(style)?.[1]?.trim();
  const [ink, paper] = [said("color"), said("background-color") ?? said("background")];
  const size = Number(/^(\d+(?:\.\d+)?)px/.exec(said("font-size") ?? "")?.[1] ?? around.size);
  return { name, size, ink: readColor(ink ?? "") ?? around.ink, paper: paperOf(paper, around.paper) };
}

function paperOf(said: string | undefined, around: string | null): string | null {
  if (said === undefined || said === "transparent" || said === "none") return around;
  return /url\(|gradient/.test(said) ? null : (readColor(said.split(" ")[0] ?? "") ?? readColor(said) ?? around);
}
