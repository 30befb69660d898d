import type { House } from "../../platform/house.ts";
import { loadFonts } from "../../platform/print-fonts.ts";
import { drawHouse } from "../../platform/print-house.ts";
import { qrModules } from "../../platform/qr-code.ts";
import type { Receipt } from "./read-receipt.ts";
import { wordsIn } from "./words.ts";

const MARGIN = 40;
const WIDTH = 320;
const QR = 110;
/** Height of a line at the foot, which may take two. */
const FOOT = 18;

/** A receipt as a PDF of one narrow page, as long as it has to be. */
export async function printReceipt(receipt: Receipt, logo: Buffer | null): Promise<Buffer> {
  const { house } = receipt;
  const { muted } = house.colors;
  const { default: PDFDocument } = await import("pdfkit");
  const [regular, bold] = await loadFonts();
  const height = 350 + FOOT * house.footer_lines.length + 34 * receipt.lines.length + 18 * receipt.sums.length;
  const doc = new PDFDocument({
    size: [WIDTH, height],
    margin: MARGIN,
    info: { Title: receipt.title, Author: house.name },
    lang: receipt.language,
  });
  doc.registerFont("regular", regular).registerFont("bold", bold);
  const top = drawHouse(doc, { house, logo }, { left: MARGIN, top: MARGIN, width: WIDTH - 2 * MARGIN, height: 22 });
  doc
    .font("bold")
    .fontSize(15)
    .fillColor(house.colors.text)
    .text(receipt.title, MARGIN, top + 8);
  doc.font("regular").fontSize(8).fillColor(muted);
  for (const line of receipt.place) doc.text(line);
  doc.moveDown(1);
  for (const line of receipt.lines) {
    row(doc, house, `${line.quantity} × ${line.title}`, line.total, false);
    doc.fontSize(7).fillColor(muted).text(line.note).moveDown(0.4);
  }
  rule(doc);
  for (const { label, amount, isTotal } of receipt.sums) row(doc, house, label, amount, isTotal);
  drawCode(doc, receipt);
  return collect(doc);
}

type Doc = PDFKit.PDFDocument;

function row(doc: Doc, { colors }: House, left: string, right: string, isBold: boolean): void {
  doc
    .font(isBold ? "bold" : "regular")
    .fontSize(9)
    .fillColor(colors.text);
  const { y } = doc;
  const amount = doc.widthOfString(right);
  doc.text(right, WIDTH - MARGIN - amount, y, { lineBreak: false });
  doc.text(left, MARGIN, y, { width: WIDTH - 2 * MARGIN - amount - 8 }).moveDown(0.3);
}

function rule(doc: Doc): void {
  doc
    .moveTo(MARGIN, doc.y)
    .lineTo(WIDTH - MARGIN, doc.y)
    .lineWidth(0.5)
    .strokeColor("#d9d0c4")
    .stroke()
    .moveDown(0.5);
}

function drawCode(doc: Doc, receipt: Receipt): void {
  const modules = qrModules(receipt.link);
  const side = QR / modules.length;
  const [left, top] = [(WIDTH - QR) / 2, doc.y + 14];
  for (const [y, line] of modules.entries()) {
    for (const [x, isDark] of line.entries()) if (isDark) doc.rect(left + x * side, top + y * side, side, side);
  }
  doc.fill("#000");
  doc
    .font("regular")
    .fontSize(7)
    .fillColor(receipt.house.colors.muted)
    .text(wordsIn(receipt.language).scan, MARGIN, top + QR + 8, { width: WIDTH - 2 * MARGIN, align: "center" })
    .moveDown(1);
  for (const line of receipt.house.footer_lines) {
    doc.text(line, { width: WIDTH - 2 * MARGIN, height: FOOT, align: "center", ellipsis: true });
  }
}

async function collect(doc: Doc): Promise<Buffer> {
  const parts: Buffer[] = [];
  doc.end();
  for await (const part of doc) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
