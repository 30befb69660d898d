import type { House } from "./house.ts";

/** What a printed page is dressed in: the kit, and its logo as PDF takes it. Fonts are ours: the kit's name none that can be embedded. */
export interface PrintHouse {
  readonly house: House;
  readonly logo: Buffer | null;
}

/** The logo, else the name in the brand's colour, at a place in points; answers the next free height. */
export function drawHouse(
  doc: PDFKit.PDFDocument,
  { house, logo }: PrintHouse,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): number {
  const picture = logo === null ? null : openLogo(doc, logo);
  if (picture !== null) {
    doc.image(picture, left, top, { fit: [width, height] });
    return top + height;
  }
  doc
    .font("bold")
    .fontSize(height * 0.6)
    .fillColor(house.colors.primary);
  doc.text(house.name, left, top, { width, height, lineBreak: false, ellipsis: true });
  return top + height;
}

/** A picture that PDF cannot read must not keep a receipt from whoever needs it: the name stands there then. */
function openLogo(doc: PDFKit.PDFDocument, logo: Buffer): PDFKit.Mixins.ImageSrc | null {
  try {
    return (doc as unknown as { openImage(src: Buffer): PDFKit.Mixins.ImageSrc }).openImage(logo);
  } catch {
    return null;
  }
}
