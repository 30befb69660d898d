import { Transformer } from "@napi-rs/image";

import { type Sniffed, sniffPhoto } from "../../catalog/index.ts";
import { cleanGif } from "./clean-gif.ts";
import { drawSvg, isSvg } from "./draw-svg.ts";
import { type CleanImage, ImageProblem } from "./image.ts";

/** More pixels than this are a bomb, or no use in a message. */
const MOST_PIXELS = 40_000_000;
const QUALITY = 88;

/**
 * What a file is, told by its bytes and not by its name, with everything left behind that is no picture: places and
 * cameras, comments, what is hung on behind its end. Pixels are encoded anew, upright; a GIF keeps its frames as they
 * are, so that it moves; a drawing becomes pixels.
 */
export async function cleanImage(bytes: Buffer): Promise<CleanImage> {
  const found = sniffPhoto(bytes);
  if (found) {
    checkSize(found);
    return await encodeAnew(bytes, found.kind);
  }
  const image = readGif(bytes) ?? (isSvg(bytes) ? drawSvg(bytes) : null);
  if (image === null) throw new ImageProblem("it is no PNG, JPEG, GIF, WebP or SVG picture");
  checkSize(image);
  return image;
}

function checkSize({ width, height }: { readonly width: number; readonly height: number }): void {
  if (width < 1 || height < 1) throw new ImageProblem("it has no size");
  if (width * height > MOST_PIXELS) throw new ImageProblem("it has more than 40 million pixels");
}

async function encodeAnew(bytes: Buffer, kind: Sniffed["kind"]): Promise<CleanImage> {
  try {
    const upright = new Transformer(bytes).rotate();
    const clean =
      kind === "png"
        ? await upright.png()
        : kind === "webp"
          ? await upright.webp(QUALITY)
          : await upright.jpeg(QUALITY);
    const { width, height } = await new Transformer(clean).metadata();
    return { mediaType: `image/${kind}`, width, height, bytes: clean };
  } catch {
    // The decoder says why in words of its own; for whoever sent it, it is a broken picture.
    throw new ImageProblem("the file is cut off or broken");
  }
}

function readGif(bytes: Buffer): CleanImage | null {
  try {
    return cleanGif(bytes);
  } catch (error) {
    // Reading beyond the end of the file.
    if (error instanceof RangeError) throw new ImageProblem("the file is cut off");
    throw error;
  }
}
