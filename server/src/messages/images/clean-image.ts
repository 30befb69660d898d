import { cleanGif } from "./clean-gif.ts";
import { cleanJpeg } from "./clean-jpeg.ts";
import { cleanPng } from "./clean-png.ts";
import { cleanWebp } from "./clean-webp.ts";
import { drawSvg, isSvg } from "./draw-svg.ts";
import { type CleanImage, ImageProblem } from "./image.ts";

/** More pixels than this are a bomb, or no use in a message. */
const MOST_PIXELS = 40_000_000;

/**
 * What a file is, told by its bytes and not by its name, with everything taken out that is no picture: places and
 * cameras, comments, what is hung on behind its end. A drawing becomes pixels.
 */
export function cleanImage(bytes: Buffer): CleanImage {
  const image = read(bytes);
  if (image === null) throw new ImageProblem("it is no PNG, JPEG, GIF, WebP or SVG picture");
  if (image.width < 1 || image.height < 1) throw new ImageProblem("it has no size");
  if (image.width * image.height > MOST_PIXELS) throw new ImageProblem("it has more than 40 million pixels");
  return image;
}

function read(bytes: Buffer): CleanImage | null {
  try {
    return (
      cleanPng(bytes) ??
      cleanJpeg(bytes) ??
      cleanGif(bytes) ??
      cleanWebp(bytes) ??
      (isSvg(bytes) ? drawSvg(bytes) : null)
    );
  } catch (error) {
    // Reading beyond the end of the file.
    if (error instanceof RangeError) throw new ImageProblem("the file is cut off");
    throw error;
  }
}
