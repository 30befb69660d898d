import { broken, type Cleaned } from "./broken.ts";

const PICTURE = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"]);
/** Flags of the extended header that promise what we leave out: colour profile, Exif, XMP. */
const PROMISES = 0x20 | 0x08 | 0x04;

/** A WebP with its picture alone. */
export function cleanWebp(bytes: Buffer): Cleaned {
  if (bytes.toString("latin1", 8, 12) !== "WEBP") throw broken("not WebP");
  const fileEnd = 8 + bytes.readUInt32LE(4);
  if (fileEnd > bytes.length) throw broken("cut off");
  const kept: Buffer[] = [];
  let size: { width: number; height: number } | null = null;
  for (let at = 12; at + 8 <= fileEnd; ) {
    const kind = bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (end > fileEnd) throw broken("a chunk is cut off");
    if (PICTURE.has(kind)) {
      const chunk = Buffer.from(bytes.subarray(at, end));
      if (kind === "VP8X") chunk.writeUInt8(chunk.readUInt8(8) & ~PROMISES, 8);
      size ??= sizeOf(kind, chunk.subarray(8));
      kept.push(chunk);
    }
    at = end;
  }
  if (size === null) throw broken("no picture");
  const body = Buffer.concat([Buffer.from("WEBP"), ...kept]);
  const head = Buffer.alloc(8);
  head.write("RIFF");
  head.writeUInt32LE(body.length, 4);
  return { bytes: Buffer.concat([head, body]), ...size };
}

function sizeOf(kind: string, body: Buffer): { width: number; height: number } | null {
  if (kind === "VP8X") return { width: body.readUIntLE(4, 3) + 1, height: body.readUIntLE(7, 3) + 1 };
  if (kind === "VP8 ") return { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff };
  if (kind === "VP8L") {
    const bits = body.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return null;
}
