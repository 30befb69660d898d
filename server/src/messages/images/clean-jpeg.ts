import type { CleanImage } from "./image.ts";

const [SOI, EOI, SOS, COM] = [0xd8, 0xd9, 0xda, 0xfe];
/** JFIF, the colour profile and Adobe's note on how colours are coded; the rest of 0xe0 to 0xef is somebody's data. */
const KEPT_APPS = new Set([0xe0, 0xe2, 0xee]);
const EXIF = 0xe1;

export function cleanJpeg(bytes: Buffer): CleanImage | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null;
  const kept: Buffer[] = [];
  let size = { width: 0, height: 0 };
  let turn = 1;
  let at = 2;
  while (bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    if (marker === EOI) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) throw new RangeError("cut off");
    const isApp = marker >= 0xe0 && marker <= 0xef;
    if (isFrame(marker)) size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    if (marker === EXIF) turn = orientationOf(bytes.subarray(at + 4, end)) ?? turn;
    if (isApp ? KEPT_APPS.has(marker) : marker !== COM) kept.push(bytes.subarray(at, end));
    at = end;
    if (marker === SOS) {
      const last = bytes.lastIndexOf(Buffer.from([0xff, EOI]));
      if (last < at) throw new RangeError("cut off");
      kept.push(bytes.subarray(at, last));
      break;
    }
  }
  const head = Buffer.from([0xff, SOI]);
  return {
    mediaType: "image/jpeg",
    ...(turn >= 5 ? { width: size.height, height: size.width } : size),
    bytes: Buffer.concat([head, ...(turn > 1 ? [exifOfTurn(turn)] : []), ...kept, Buffer.from([0xff, EOI])]),
  };
}

/** SOF0 to SOF15 without DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

const ORIENTATION = 0x0112;

/** How a camera was held: without it a portrait would lie on its side. */
function orientationOf(app: Buffer): number | null {
  if (app.toString("latin1", 0, 4) !== "Exif") return null;
  const tiff = app.subarray(6);
  const isLittle = tiff.toString("latin1", 0, 2) === "II";
  const u16 = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < Math.min(u16(start), 100); entry++) {
    const at = start + 2 + entry * 12;
    if (u16(at) !== ORIENTATION) continue;
    const value = u16(at + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An EXIF block that says how the picture is turned and nothing else. */
function exifOfTurn(turn: number): Buffer {
  const tiff = Buffer.from([
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    turn,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, EXIF, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}
