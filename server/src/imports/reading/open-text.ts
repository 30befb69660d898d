import type { FileFormat } from "../contracts.ts";
import { openBytes, type Piece } from "./open-bytes.ts";

/**
 * Streams a file's content as UTF-8, without its byte order mark, from a position in that stream of UTF-8 on. A plain
 * UTF-8 file is entered there at once; of others what lies before is read again and left out.
 */
export async function* openText(
  path: string,
  format: FileFormat,
  position: number,
  maxBytes: number,
): AsyncGenerator<Piece> {
  const { encoding, bom, gzip } = format;
  if (encoding === "utf-8") {
    yield* openBytes(path, { isGzip: gzip, from: bom + position, maxBytes });
    return;
  }
  const decoder = new TextDecoder(encoding);
  let before = 0;
  let read = 0;
  const cut = (text: string): Buffer => {
    const bytes = Buffer.from(text);
    const skipped = bytes.subarray(Math.max(0, position - before));
    before += bytes.length;
    return skipped;
  };
  for await (const piece of openBytes(path, { isGzip: gzip, from: bom, maxBytes })) {
    read = piece.read;
    const bytes = cut(decoder.decode(piece.bytes, { stream: true }));
    if (bytes.length > 0) yield { bytes, read };
  }
  const rest = cut(decoder.decode());
  if (rest.length > 0) yield { bytes: rest, read };
}
