import { cleanJpeg } from "./clean-jpeg.ts";
import { cleanPng } from "./clean-png.ts";
import { cleanWebp } from "./clean-webp.ts";

export interface Photo {
  readonly type: "image/jpeg" | "image/png" | "image/webp";
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** More than any camera takes; a small file that unpacks to more is a trap for whoever shows it. */
const MOST_PIXELS = 50_000_000;

/**
 * A photo by what it is, not by what it is called, without where, when and with what it was taken: everything that the
 * picture does not need is left out, also what stands behind its end. Null for what is none of the three kinds or broken.
 */
export function cleanPhoto(bytes: Buffer): Photo | null {
  const photo = readAny(bytes);
  if (photo === null || photo.width < 1 || photo.height < 1) return null;
  return photo.width * photo.height > MOST_PIXELS ? null : photo;
}

function readAny(bytes: Buffer): Photo | null {
  try {
    if (bytes.readUInt16BE(0) === 0xffd8) return { type: "image/jpeg", ...cleanJpeg(bytes) };
    if (bytes.readUInt32BE(0) === 0x89504e47) return { type: "image/png", ...cleanPng(bytes) };
    if (bytes.toString("latin1", 0, 4) === "RIFF") return { type: "image/webp", ...cleanWebp(bytes) };
  } catch (error) {
    // Cut off in the middle of something, or not what its first bytes say.
    if (error instanceof RangeError) return null;
    throw error;
  }
  return null;
}
