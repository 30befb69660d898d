import { Resvg } from "@resvg/resvg-js";

import type { Db } from "../../platform/db.ts";
import { drawPlaceholder } from "../drawing/draw-placeholder.ts";
import { DRAWING_KINDS, type DrawingKind, drawProduct } from "../drawing/draw-product.ts";
import { PATTERNS, type Pattern } from "../drawing/patterns.ts";
import { refuse } from "../errors.ts";
import { PHOTO_WIDTHS } from "./clean-photo.ts";
import { loadDrawing } from "./queries/load-drawing.pg.ts";
import { loadPhotoFile } from "./queries/photos.pg.ts";

const NO_COLOUR = "#b9a38a";
const PNG_WIDTH = 600;
/** A shop shows a few hundred pictures; a PNG costs 10 ms to make and 20 kB to keep. */
const KEPT = 300;
const kept = new Map<string, Buffer>();

/** The picture of a product or variant as SVG. */
export async function readSvg(db: Db, id: string): Promise<string> {
  const row = await loadDrawing(db, id);
  const kind = DRAWING_KINDS.find((known) => known === row?.drawing.kind);
  const pattern = PATTERNS.find((known) => known === row?.drawing.pattern);
  if (!row) throw refuse("product_not_found", "There is no picture under this id.");
  return kind ? draw(kind, row.color_hex, pattern) : drawPlaceholder(row.color_hex ?? NO_COLOUR);
}

/** The same as PNG, because mail programs do not show SVG. */
export async function readPng(db: Db, id: string): Promise<Buffer> {
  const svg = await readSvg(db, id);
  const made = kept.get(svg);
  if (made) return made;
  const png = new Resvg(svg, { fitTo: { mode: "width", value: PNG_WIDTH } }).render().asPng();
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(svg, png);
  return png;
}

function draw(kind: DrawingKind, hex: string | null, pattern: Pattern | undefined): string {
  return drawProduct(kind, hex ?? NO_COLOUR, pattern ?? "plain");
}

/** A photo in the smallest size that is at least so many pixels wide; the largest when none is asked for. */
export async function readPhoto(db: Db, id: string, width: number | null): Promise<Buffer> {
  const wanted = PHOTO_WIDTHS.filter((known) => width === null || known >= width);
  const found = await loadPhotoFile(db, id, (width === null ? undefined : wanted.at(-1)) ?? PHOTO_WIDTHS[0]);
  if (!found) throw refuse("photo_not_found");
  return found;
}
