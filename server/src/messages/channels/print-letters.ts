import type { Readable } from "node:stream";

import type { Db } from "../../platform/db.ts";
import { loadFonts } from "../../platform/print-fonts.ts";
import { drawHouse, type PrintHouse } from "../../platform/print-house.ts";
import { qrModules } from "../../platform/qr-code.ts";
import type { ContentOf, LetterLook } from "../content/kinds.ts";
import { type LetterBatch, lettersOf } from "../queries/letters.pg.ts";
import { code128 } from "./code128.ts";
import { addressLines, type Postal } from "./postal-address.ts";

type Letter = ContentOf<"letter">;
type Doc = PDFKit.PDFDocument;

const MM = 72 / 25.4;
/** What the printer cuts off: colour may run into it, nothing that is read may. */
const BLEED = 3 * MM;

/** Sizes after cutting, in millimetres; the window of an envelope is that of DIN 5008, form B. */
const SIZES = {
  letter_a4: { width: 210, height: 297 },
  postcard_a6: { width: 148, height: 105 },
} as const satisfies Record<Letter["format"], { width: number; height: number }>;
const WINDOW = { left: 20, top: 45, width: 85, height: 45 };
const PAGE = 100;

/** The brand at the moment of printing: letters that wait wear it, whenever they were written. */
export interface LetterDress extends PrintHouse {
  readonly look: LetterLook;
}

/** A batch as one PDF, letter by letter as it is read: trim and bleed boxes, address in the window, coupon as a code. */
export async function printBatch(db: Db, batch: LetterBatch, dress: LetterDress): Promise<Readable> {
  const { default: PDFDocument } = await import("pdfkit");
  const [regular, bold] = await loadFonts();
  const { width, height } = SIZES[batch.format];
  const size: [number, number] = [width * MM + 2 * BLEED, height * MM + 2 * BLEED];
  const doc = new PDFDocument({ size, margin: 0, autoFirstPage: false, info: { Title: `Kilim ${batch.id}` } });
  doc.registerFont("regular", regular).registerFont("bold", bold);
  const draw = async () => {
    for (let after = 0; ; ) {
      const letters = await lettersOf(db, batch.id, after, PAGE);
      for (const { address, content } of letters) drawLetter(doc, size, content, address, dress);
      if (letters.length < PAGE) break;
      after = letters.at(-1)?.place ?? after;
    }
    doc.end();
  };
  draw().catch((error: Error) => doc.destroy(error));
  return doc as unknown as Readable;
}

function drawLetter(doc: Doc, size: [number, number], content: Letter, to: Postal, dress: LetterDress): void {
  const { text: ink, muted, background, sender } = dress.look;
  if (content.format === "letter_a4") {
    newPage(doc, size);
    drawHouse(doc, dress, { left: at(125), top: at(20), width: 65 * MM, height: 18 * MM });
    if (sender !== "")
      drawText(doc, "regular", 6, sender, WINDOW.left + 3, at(WINDOW.top + 1), WINDOW.width - 6, muted);
    drawAddress(doc, addressLines(to), WINDOW.left, WINDOW.top, WINDOW.width);
    let y = at(105);
    y = drawText(doc, "bold", 16, content.heading, 25, y, 160, ink) + 5 * MM;
    for (const part of content.body.split(/\n{2,}/)) y = drawText(doc, "regular", 10.5, part, 25, y, 160, ink) + 3 * MM;
    if (content.coupon) drawCoupon(doc, content.coupon, 25, Math.min(y + 4 * MM, at(225)));
    drawText(doc, "regular", 7, content.footer, 25, at(280), 160, muted);
    return;
  }
  newPage(doc, size);
  doc.rect(0, 0, ...size).fill(background);
  drawHouse(doc, dress, { left: at(12), top: at(8), width: 70 * MM, height: 9 * MM });
  drawText(doc, "bold", 22, content.heading, 12, at(22), 124, ink);
  if (content.coupon) drawCoupon(doc, content.coupon, 12, at(58));
  newPage(doc, size);
  let y = at(10);
  for (const part of content.body.split(/\n{2,}/)) y = drawText(doc, "regular", 8.5, part, 8, y, 62, ink) + 2 * MM;
  drawText(doc, "regular", 5.5, content.footer, 8, at(94), 62, muted);
  drawAddress(doc, addressLines(to), 80, 55, 60);
}

/** Where the printer cuts is told in the file itself. */
function newPage(doc: Doc, [width, height]: [number, number]): void {
  doc.addPage({ size: [width, height], margin: 0 });
  const page = doc.page as unknown as { dictionary: { data: Record<string, number[]> } };
  page.dictionary.data.BleedBox = [0, 0, width, height];
  page.dictionary.data.TrimBox = [BLEED, BLEED, width - BLEED, height - BLEED];
}

const at = (mm: number) => BLEED + mm * MM;

function drawAddress(doc: Doc, lines: readonly string[], left: number, top: number, width: number): void {
  let y = at(top + 6);
  for (const line of lines) y = drawText(doc, "regular", 10, line, left + 3, y, width - 6);
}

/** The next free height under it. */
function drawText(
  doc: Doc,
  font: "regular" | "bold",
  size: number,
  text: string,
  left: number,
  y: number,
  width: number,
  ink = "#000000",
): number {
  // A letter of the alphabet the font lacks is drawn as a box and harms nothing; a control would.
  const clean = text.replace(/[\p{Cc}--[\n]]/gv, " ");
  doc
    .font(font)
    .fontSize(size)
    .fillColor(ink)
    .text(clean, at(left), y, { width: width * MM, height: at(290) - y, ellipsis: true });
  return doc.y;
}

function drawCoupon(
  doc: Doc,
  { code, symbology, label }: NonNullable<Letter["coupon"]>,
  left: number,
  top: number,
): void {
  const y = drawText(doc, "bold", 11, label, left, top, 100) + 2 * MM;
  const rows = symbology === "qr" ? qrModules(code) : [code128(code)];
  const side = symbology === "qr" ? (26 * MM) / rows.length : 0.33 * MM;
  const tall = symbology === "qr" ? side : 14 * MM;
  for (const [j, row] of rows.entries()) {
    for (const [i, isDark] of row.entries()) if (isDark) doc.rect(at(left) + i * side, y + j * side, side, tall);
  }
  doc.fill("#000");
  drawText(doc, "regular", 9, code, left, y + (symbology === "qr" ? 26 : 14) * MM + 1.5 * MM, 100);
}
