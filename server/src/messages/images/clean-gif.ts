import type { CleanImage } from "./image.ts";

const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const [CONTROL, APPLICATION] = [0xf9, 0xff];

/** Frames, their timing and how often they repeat; comments and other programs' data go. */
export function cleanGif(bytes: Buffer): CleanImage | null {
  if (!/^GIF8[79]a$/.test(bytes.toString("latin1", 0, 6))) return null;
  let at = 13 + tableBytes(bytes.readUInt8(10));
  const kept: Buffer[] = [bytes.subarray(0, at)];
  for (;;) {
    const kind = bytes.readUInt8(at);
    if (kind === TRAILER) break;
    const start = at;
    if (kind === EXTENSION) {
      const label = bytes.readUInt8(at + 1);
      at = skipBlocks(bytes, at + 2);
      const isLoop = label === APPLICATION && bytes.toString("latin1", start + 3, start + 14) === "NETSCAPE2.0";
      if (label === CONTROL || isLoop) kept.push(bytes.subarray(start, at));
    } else if (kind === IMAGE) {
      at = skipBlocks(bytes, at + 10 + tableBytes(bytes.readUInt8(at + 9)) + 1);
      kept.push(bytes.subarray(start, at));
    } else throw new RangeError("not a GIF any more");
  }
  return {
    mediaType: "image/gif",
    width: bytes.readUInt16LE(6),
    height: bytes.readUInt16LE(8),
    bytes: Buffer.concat([...kept, Buffer.from([TRAILER])]),
  };
}

function tableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function skipBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (let size = bytes.readUInt8(at); size !== 0; size = bytes.readUInt8(at)) at += size + 1;
  return at + 1;
}
