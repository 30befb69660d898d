import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

let fonts: Promise<readonly [regular: Buffer, bold: Buffer]> | null = null;

/** PDF's own fonts know no ş, ğ or İ: these do. Read once, when the first page is printed. */
export function loadFonts(): Promise<readonly [regular: Buffer, bold: Buffer]> {
  const find = createRequire(import.meta.url).resolve;
  const load = (name: string) => readFile(find(`roboto-fontface/fonts/roboto/Roboto-${name}.woff`));
  fonts ??= Promise.all([load("Regular"), load("Bold")]);
  return fonts;
}
