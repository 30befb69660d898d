import { contrastOf } from "../contrast.ts";
import type { BlockColor, EmailBlock } from "../email-blocks.ts";
import type { WrittenEmail } from "../written.ts";
import { type Checked, error, type Found, warning } from "./check.ts";
import { hardToRead } from "./readable-html.ts";

/** Gmail shows this much and hides the rest behind a link. */
const CLIPPED = 102_000;
const FAR_TOO_BIG = 600_000;

/** What a mail weighs, and whether everybody can read it. */
export function checkLooks(checked: Checked): Found[] {
  const { channel, html, written } = checked;
  if (channel !== "email") return [];
  const email = written as WrittenEmail;
  const bytes = Buffer.byteLength(html);
  const weight = `${Math.round(bytes / 1000)} kB`;
  const size =
    bytes > FAR_TOO_BIG
      ? [error("too_big", "body", `The mail has ${weight} before anybody's data is in it.`, weight)]
      : bytes > CLIPPED
        ? [warning("clipped", "body", `The mail has ${weight}; Gmail cuts after 102 kB.`, weight)]
        : [];
  const blocks = email.blocks
    ? email.blocks.flatMap((block, index) => checkBlock(checked, block, `blocks.${index}`))
    : hardToRead(html, checked.kit).map(({ ink, paper, contrast }) => lowContrast("body", ink, paper, contrast, 4.5));
  return [...size, ...checkImages(checked), ...blocks];
}

const IMAGE = /<img\b[^>]*>/gi;

function checkImages({ html, written }: Checked): Found[] {
  const path = "blocks" in written && written.blocks ? "blocks" : "body";
  const images = [...html.matchAll(IMAGE)].map(([tag]) => tag);
  return images
    .filter((tag) => !/\salt\s*=\s*("[^"]+"|'[^']+')/i.test(tag))
    .map((tag) =>
      warning(
        "alt_missing",
        path,
        "A picture says nothing to those who cannot see it.",
        /src="([^"]*)"/.exec(tag)?.[1] ?? null,
      ),
    );
}

function checkBlock(checked: Checked, block: EmailBlock, path: string): Found[] {
  if (block.kind === "columns")
    return block.columns.flatMap((column, at) =>
      column.blocks.flatMap((inner, index) =>
        checkBlock(
          checked,
          { background: block.background, ...inner } as EmailBlock,
          `${path}.columns.${at}.blocks.${index}`,
        ),
      ),
    );
  const { colors } = checked.kit;
  const hex = (color: BlockColor): string => (color.startsWith("#") ? color : colors[color as keyof typeof colors]);
  const paper = hex(block.background ?? "surface");
  if (block.kind === "heading" || block.kind === "text")
    return readable(path, hex(block.color ?? "text"), paper, block.kind === "heading" ? 3 : 4.5);
  if (block.kind === "button")
    return readable(path, hex(block.text_color ?? "on_primary"), hex(block.color ?? "primary"), 4.5);
  return [];
}

function readable(path: string, ink: string, paper: string, least: number): Found[] {
  const contrast = contrastOf(ink, paper);
  if (contrast >= least) return [];
  return [lowContrast(path, ink, paper, contrast, least)];
}

function lowContrast(path: string, ink: string, paper: string, contrast: number, least: number): Found {
  const message = `Text is hard to read: contrast ${contrast.toFixed(1)}, wanted ${least}.`;
  return warning("low_contrast", path, message, `${ink} / ${paper}`);
}
