export interface Sniffed {
  readonly kind: "jpeg" | "png" | "webp";
  readonly width: number;
  readonly height: number;
}

/**
 * What a file is and how large its picture, from its first bytes alone: a picture of a billion pixels is refused before
 * anything unpacks it. What a name or a header says of it does not count. Null: nothing that is shown as a photo.
 */
export function sniffPhoto(bytes: Buffer): Sniffed | null {
  try {
    return png(bytes) ?? jpeg(bytes) ?? webp(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function png(bytes: Buffer): Sniffed | null {
  if (bytes.readBigUInt64BE(0) !== 0x89504e470d0a1a0an || bytes.toString("latin1", 12, 16) !== "IHDR") return null;
  return { kind: "png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Start-of-frame markers; C4, C8 and CC are something else. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpeg(bytes: Buffer): Sniffed | null {
  if (bytes.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; ; ) {
    if (bytes.readUInt8(at) !== 0xff) return null;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isFrame(marker))
      return { kind: "jpeg", height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
}

function webp(bytes: Buffer): Sniffed | null {
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WEBP") return null;
  const form = bytes.toString("latin1", 12, 16);
  if (form === "VP8X") return { kind: "webp", width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (form === "VP8L") {
    const bits = bytes.readUInt32LE(21);
    return { kind: "webp", width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (form === "VP8 ")
    return { kind: "webp", width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  return null;
}
