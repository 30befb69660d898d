import { ResizeFit, Transformer } from "@napi-rs/image";

import { sniffPhoto } from "./sniff-photo.ts";

export const MOST_PHOTO_BYTES = 25 * 1024 * 1024;
/** A decoded pixel takes three or four bytes, twice while it is turned and made smaller. */
const MOST_PIXELS = 50_000_000;
/** What a page shows at most, and what a list shows. */
export const PHOTO_WIDTHS = [1600, 480] as const;
const QUALITY = 82;

export interface CleanPhoto {
  readonly width: number;
  readonly height: number;
  readonly files: readonly { readonly width: number; readonly content: Buffer }[];
}

/**
 * The pixels of a JPEG, PNG or WebP, upright, encoded anew as JPEG in two sizes: where and with what it was taken, and
 * whatever else was in the file, stays behind. Null when it is none, is broken, or is too large.
 */
export async function cleanPhoto(bytes: Buffer): Promise<CleanPhoto | null> {
  const found = sniffPhoto(bytes);
  if (!found || bytes.length > MOST_PHOTO_BYTES || found.width * found.height > MOST_PIXELS) return null;
  if (found.width === 0 || found.height === 0) return null;
  try {
    const files = [];
    for (const width of PHOTO_WIDTHS) files.push({ width, content: await encode(bytes, found, width) });
    const { width, height } = await new Transformer(files[0]?.content ?? bytes).metadata();
    return { width, height, files };
  } catch {
    // The decoder says why in words of its own; for whoever sent it, it is a broken picture.
    return null;
  }
}

async function encode(bytes: Buffer, { width, height }: { width: number; height: number }, most: number) {
  const upright = new Transformer(bytes).rotate();
  const small = Math.max(width, height) <= most ? upright : upright.resize(most, most, null, ResizeFit.Inside);
  return small.jpeg(QUALITY);
}
