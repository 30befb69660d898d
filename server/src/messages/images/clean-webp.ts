import type { CleanImage } from "./image.ts";

/** EXIF and XMP go; the flags that announce them in VP8X too. */
const DROPPED = new Set(["EXIF", "XMP "]);
const EXIF_AND_XMP = 0x0c;

export function cleanWebp(bytes: Buffer): CleanImage | null {
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WEBP") return null;
  const end = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  const kept: Buffer[] = [];
  let size: { width: number; height: number } | null = null;
  for (let at = 12; at + 8 <= end; ) {
    const type = bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (at + 8 + length > end) throw new RangeError("cut off");
    const chunk = Buffer.from(bytes.subarray(at, Math.min(next, end)));
    size ??= sizeOf(type, chunk.subarray(8));
    if (type === "VP8X") chunk.writeUInt8(chunk.readUInt8(8) & ~EXIF_AND_XMP, 8);
    if (!DROPPED.has(type)) kept.push(chunk);
    at = next;
  }
  const body = Buffer.concat(kept);
  const head = Buffer.alloc(12);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(body.length + 4, 4);
  head.write("WEBP", 8, "latin1");
  return size && { mediaType: "image/webp", ...size, bytes: Buffer.concat([head, body]) };
}

function sizeOf(type: string, data: Buffer): { width: number; height: number } | null {
  if (type === "VP8X") return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
  if (type === "VP8 ") return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
  if (type !== "VP8L") return null;
  const bits = data.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
