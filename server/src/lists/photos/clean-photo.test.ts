import { deflateSync } from "node:zlib";

import fc from "fast-check";
import { expect, test } from "vitest";

import { cleanPhoto } from "./clean-photo.ts";

const SECRET = "38.4237N 27.1428E Kordon";
const segment = (marker: number, body: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
const scan = Buffer.from([0x11, 0xff, 0x00, 0x22, 0xff, 0xd0, 0x33]);
const frame = segment(0xc0, Buffer.from([8, 0, 48, 0, 64, 1, 1, 0x11, 0]));

/** Exif with which way is up, and a GPS text behind it. */
function exif(turn: number, isLittle: boolean): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write(isLittle ? "II" : "MM");
  const u16 = (value: number, at: number) => (isLittle ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at));
  const u32 = (value: number, at: number) => (isLittle ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at));
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(0x0112, 10);
  u16(3, 12);
  u32(1, 14);
  u16(turn, 18);
  return segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff, Buffer.from(SECRET)]));
}

function jpeg(...extra: Buffer[]): Buffer {
  const start = Buffer.from([0xff, 0xd8]);
  const jfif = segment(0xe0, Buffer.from("JFIF\0\x01\x02\0\0\x01\0\x01\0\0", "latin1"));
  const sos = segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]));
  return Buffer.concat([start, jfif, ...extra, frame, sos, scan, Buffer.from([0xff, 0xd9])]);
}

const chunk = (kind: string, body: Buffer) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length);
  head.write(kind, 4);
  return Buffer.concat([head, body, Buffer.alloc(4)]);
};
function png(...extra: Buffer[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(64, 0);
  header.writeUInt32BE(48, 4);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...extra,
    chunk("IDAT", deflateSync(Buffer.alloc(10))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const riff = (kind: string, body: Buffer) => {
  const head = Buffer.alloc(8);
  head.write(kind);
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
};
function webp(...extra: Buffer[]): Buffer {
  const extended = Buffer.from([0x0c, 0, 0, 0, 63, 0, 0, 47, 0, 0]);
  const body = Buffer.concat([Buffer.from("WEBP"), riff("VP8X", extended), riff("VP8 ", Buffer.alloc(11)), ...extra]);
  return riff("RIFF", body);
}

const PHOTOS: [string, (...extra: Buffer[]) => Buffer, Buffer][] = [
  ["image/jpeg", jpeg, Buffer.concat([exif(1, true), segment(0xfe, Buffer.from(SECRET))])],
  ["image/png", png, Buffer.concat([chunk("tEXt", Buffer.from(SECRET)), chunk("eXIf", Buffer.from(SECRET))])],
  ["image/webp", webp, Buffer.concat([riff("EXIF", Buffer.from(SECRET)), riff("XMP ", Buffer.from(SECRET))])],
];

test.each(PHOTOS)(
  "LIST-15 %s loses where and with what it was taken, and what hangs behind it",
  (type, make, extra) => {
    const dirty = Buffer.concat([make(extra), Buffer.from(SECRET)]);
    expect(dirty.includes(SECRET)).toBe(true);
    const clean = cleanPhoto(dirty);
    expect(clean).toMatchObject({ type, width: 64, height: 48 });
    expect(clean?.bytes.includes(SECRET)).toBe(false);
    // Clean already, it stays byte for byte.
    expect(cleanPhoto(clean?.bytes ?? Buffer.alloc(0))?.bytes).toEqual(clean?.bytes);
    if (type !== "image/webp") expect(clean?.bytes).toEqual(make());
  },
);

test.each([true, false])("LIST-15 of Exif only which way is up stays (little endian: %s)", (isLittle) => {
  const clean = cleanPhoto(jpeg(exif(6, isLittle)));
  expect(clean?.bytes.includes("Exif")).toBe(true);
  expect(clean?.bytes.includes(SECRET)).toBe(false);
  expect(cleanPhoto(clean?.bytes ?? Buffer.alloc(0))?.bytes).toEqual(clean?.bytes);
});

test("LIST-15 an SVG with a script, a GIF, a text and a picture of 100 megapixels are no photos", () => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(10_000, 0);
  header.writeUInt32BE(10_000, 4);
  const huge = Buffer.concat([png().subarray(0, 8), chunk("IHDR", header), chunk("IEND", Buffer.alloc(0))]);
  for (const bytes of ["<svg onload='alert(1)'/>", "GIF89a\x01\0\x01\0", "hello", ""])
    expect(cleanPhoto(Buffer.from(bytes, "latin1"))).toBeNull();
  expect(cleanPhoto(huge)).toBeNull();
});

test("LIST-15 whatever is cut off or garbled is refused or cleaned, and never breaks anything", () => {
  const whole = PHOTOS.map(([, make, extra]) => make(extra));
  fc.assert(
    fc.property(fc.constantFrom(...whole), fc.nat(), fc.nat({ max: 255 }), fc.boolean(), (bytes, at, value, isCut) => {
      const i = at % bytes.length;
      const given = isCut ? bytes.subarray(0, i) : Buffer.from(bytes);
      if (!isCut) given[i] = value;
      const clean = cleanPhoto(given);
      if (isCut) expect(clean).toBeNull();
      else if (clean) expect(clean.bytes.length).toBeLessThanOrEqual(bytes.length);
    }),
  );
});
