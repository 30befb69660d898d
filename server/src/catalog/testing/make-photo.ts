import { Transformer } from "@napi-rs/image";

/** A JPEG of so many pixels, red on its left and blue on its right half. */
export async function makePhoto(width: number, height: number): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 4, 255);
  for (let i = 0; i < width * height; i++) pixels.set(i % width < width / 2 ? [220, 30, 30] : [30, 30, 220], i * 4);
  return new Transformer(await Transformer.fromRgbaPixels(pixels, width, height).png()).jpeg(90);
}

/** The same with what a phone writes into it: which way it was held (6: a quarter turn), a maker and a place. */
export function withExif(jpeg: Buffer, orientation: number): Buffer {
  const text = Buffer.from("SecretPhone\0");
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(tag, 0);
    bytes.writeUInt16BE(type, 2);
    bytes.writeUInt32BE(count, 4);
    if (type === 3) bytes.writeUInt16BE(value, 8);
    else bytes.writeUInt32BE(value, 8);
    return bytes;
  };
  const entries = [
    entry(0x010f, 2, text.length, 8 + 2 + 3 * 12 + 4),
    entry(0x0112, 3, 1, orientation),
    entry(0x8825, 4, 1, 8 + 2 + 3 * 12 + 4 + text.length),
  ];
  const gps = Buffer.concat([Buffer.from([0, 1]), entry(1, 2, 2, 0x4e000000), Buffer.alloc(4)]);
  const tiff = Buffer.concat([
    Buffer.from("MM\0*\0\0\0\x08", "latin1"),
    Buffer.from([0, entries.length]),
    ...entries,
    Buffer.alloc(4),
    text,
    gps,
  ]);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
