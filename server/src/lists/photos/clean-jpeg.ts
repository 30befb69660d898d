import { broken, type Cleaned } from "./broken.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP14 = 0xee;
const COMMENT = 0xfe;
/** Frame headers carry the size; the codes between them are tables. */
const NOT_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

/**
 * A JPEG with its picture alone: JFIF header, Adobe's colour marker, tables, frame and scans. Of Exif only which way is
 * up stays, written anew; GPS, times, makers' notes, thumbnails, comments and whatever hangs behind the end are gone.
 */
export function cleanJpeg(bytes: Buffer): Cleaned {
  const kept: Buffer[] = [Buffer.from([0xff, SOI])];
  let size: { width: number; height: number } | null = null;
  let turn = 1;
  let at = 2;
  for (;;) {
    if (bytes.readUInt8(at) !== 0xff) throw broken("no marker");
    while (bytes.readUInt8(at + 1) === 0xff) at += 1;
    const marker = bytes.readUInt8(at + 1);
    if (marker === EOI) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const body = bytes.subarray(at + 4, end);
    if (end > bytes.length || end < at + 4) throw broken("a segment is cut off");
    if (marker >= 0xc0 && marker <= 0xcf && !NOT_FRAMES.has(marker)) {
      size = { height: body.readUInt16BE(1), width: body.readUInt16BE(3) };
    }
    if (marker === APP1) turn = orientationOf(body) ?? turn;
    if (isPicture(marker)) kept.push(bytes.subarray(at, end));
    at = end;
    if (marker === SOS) {
      const scanEnd = endOfScan(bytes, at);
      kept.push(bytes.subarray(at, scanEnd));
      at = scanEnd;
    }
  }
  if (size === null) throw broken("no frame");
  if (turn > 1) kept.splice(1, 0, orientation(turn));
  return { bytes: Buffer.concat([...kept, Buffer.from([0xff, EOI])]), ...size };
}

function isPicture(marker: number): boolean {
  if (marker === APP0 || marker === APP14) return true;
  return !(marker >= APP0 && marker <= 0xef) && marker !== COMMENT;
}

/** Scan data runs to the next marker that is neither a stuffed 0xff nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = from; ; at++) {
    at = bytes.indexOf(0xff, at);
    if (at === -1 || at + 1 >= bytes.length) throw broken("a scan without an end");
    const next = bytes.readUInt8(at + 1);
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
}

const EXIF = "Exif\0\0";
const ORIENTATION_TAG = 0x0112;

/** Which way is up (1 to 8), of an Exif segment; null when it does not say. */
function orientationOf(body: Buffer): number | null {
  if (body.toString("latin1", 0, 6) !== EXIF) return null;
  const tiff = body.subarray(6);
  if (tiff.length < 8) return null;
  const isLittle = tiff.toString("latin1", 0, 2) === "II";
  const u16 = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return null;
  for (let i = 0; i < u16(directory); i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > tiff.length) return null;
    if (u16(entry) !== ORIENTATION_TAG) continue;
    const value = u16(entry + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An Exif segment that says nothing but which way is up. */
function orientation(turn: number): Buffer {
  const tiff = Buffer.from([
    ...Buffer.from("MM\0*"),
    ...[0, 0, 0, 8],
    ...[0, 1],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0],
    ...[0, 0, 0, 0],
  ]);
  const body = Buffer.concat([Buffer.from(EXIF, "latin1"), tiff]);
  return Buffer.concat([Buffer.from([0xff, APP1, 0, body.length + 2]), body]);
}
