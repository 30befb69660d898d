import { Resvg } from "@resvg/resvg-js";

import { type CleanImage, ImageProblem } from "./image.ts";

/** Sharp on a good screen at the widest a message shows it. */
const WIDTH = 1200;
const LONGEST = 500_000;

export function isSvg(bytes: Buffer): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<svg[\s>]/i.test(
    bytes.toString("utf8", 0, 2000).replace(/^\uFEFF/, ""),
  );
}

/** Mail programs show no SVG, and one can hold scripts: it is drawn once. What it would fetch or read is refused. */
export function drawSvg(bytes: Buffer): CleanImage {
  const text = bytes.toString("utf8");
  if (text.length > LONGEST) throw new ImageProblem("the drawing is longer than 500 kB");
  if (/<!ENTITY|<(?:\w+:)?(?:image|feImage|foreignObject)\b/i.test(text))
    throw new ImageProblem("the drawing holds pictures, pages or entities; save it with plain shapes");
  try {
    const drawn = new Resvg(text, {
      fitTo: { mode: "width", value: WIDTH },
      font: { loadSystemFonts: false },
    }).render();
    return { mediaType: "image/png", width: drawn.width, height: drawn.height, bytes: drawn.asPng() };
  } catch (cause) {
    throw new ImageProblem(`the drawing cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
