import { broken, type Cleaned } from "./broken.ts";

/** What the picture is made of; text, times and Exif are not among it. */
const KEPT = new Set(["IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "IDAT", "IEND"]);
const HEAD = 8;

/** A PNG with its picture alone; it ends where it says it ends. */
export function cleanPng(bytes: Buffer): Cleaned {
  const kept: Buffer[] = [bytes.subarray(0, HEAD)];
  for (let at = HEAD; ; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const kind = bytes.toString("latin1", at + 4, at + 8);
    if (end > bytes.length) throw broken("a chunk is cut off");
    if (KEPT.has(kind)) kept.push(bytes.subarray(at, end));
    if (kind === "IEND") break;
    at = end;
  }
  if (bytes.toString("latin1", 12, 16) !== "IHDR") throw broken("no header");
  return { bytes: Buffer.concat(kept), width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
