import { Resvg } from "@resvg/resvg-js";

// Outlines of Roboto Medium (Google, Apache-2.0) in 2048 units per em: letter -> [advance, path]. There may be no fonts
// on a server, and looking for them takes longer than drawing.
import glyphs from "./glyphs.json" with { type: "json" };

type Glyph = readonly [advance: number, path: string];
const GLYPHS = new Map(Object.entries(glyphs as unknown as Record<string, Glyph>));
const EM = 2048;
/** Of twice the size it is shown at, for sharp screens. */
const SCALE = 2;
const FONT = 18;
const HEIGHT = 36;
const PADDING = 14;

export interface Badge {
  readonly text: string;
  readonly color: string;
  readonly background: string;
  readonly radius: number;
}

/** Whether every letter of a text can be drawn. */
export function canDraw(text: string): boolean {
  return [...text].every((letter) => GLYPHS.has(letter));
}

/** A label of one line as PNG; about 3 ms. */
export function drawBadge({ text, color, background, radius }: Badge): Buffer {
  const size = FONT / EM;
  let at = PADDING / size;
  const letters = [...text].flatMap((letter) => {
    const glyph = GLYPHS.get(letter);
    if (!glyph) return [];
    const [advance, path] = glyph;
    const drawn = `<path transform="translate(${at} 0)" d="${path}"/>`;
    at += advance;
    return [drawn];
  });
  const width = Math.ceil(at * size + PADDING);
  const baseline = HEIGHT / 2 + FONT * 0.355;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" width="${width * SCALE}" height="${HEIGHT * SCALE}"><rect width="${width}" height="${HEIGHT}" rx="${Math.min(radius, HEIGHT / 2)}" fill="${background}"/><g fill="${color}" transform="translate(0 ${baseline}) scale(${size} ${-size})">${letters.join("")}</g></svg>`;
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
}

/** For what there is nothing to say about: one pixel that cannot be seen. */
export const NOTHING = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
