import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

import { sqlState } from "../../platform/db.ts";
import { Stopped } from "../stopped.ts";

/** A piece of the text, and how many bytes of the file itself have been read up to it. */
export interface Piece {
  readonly bytes: Buffer;
  readonly read: number;
}

export interface OpenOptions {
  readonly isGzip: boolean;
  /** Bytes of the (unpacked) content to leave out at the beginning. */
  readonly from: number;
  /** Unpacked content beyond this stops the reading: a small file may unpack to any size. */
  readonly maxBytes: number;
}

const PIECE_BYTES = 256 * 1024;

/** Streams a file's content, unpacked when it is gzip. Memory does not grow with the file or with what it unpacks to. */
export async function* openBytes(path: string, options: OpenOptions): AsyncGenerator<Piece> {
  const file = createReadStream(path, {
    highWaterMark: PIECE_BYTES,
    start: options.isGzip ? 0 : options.from,
  });
  try {
    if (options.isGzip) yield* unpack(file, options);
    else for await (const bytes of file) yield { bytes: bytes as Buffer, read: options.from + file.bytesRead };
  } catch (error) {
    if (sqlState(error) === "ENOENT") throw new Stopped("file_gone", error);
    throw error;
  } finally {
    file.destroy();
  }
}

async function* unpack(
  file: ReturnType<typeof createReadStream>,
  { from, maxBytes }: OpenOptions,
): AsyncGenerator<Piece> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  file.on("error", (error) => gunzip.destroy(error));
  file.pipe(gunzip);
  let unpacked = 0;
  try {
    for await (const bytes of gunzip as AsyncIterable<Buffer>) {
      const before = unpacked;
      unpacked += bytes.length;
      if (unpacked > maxBytes) throw new Stopped("too_large");
      if (unpacked > from) yield { bytes: bytes.subarray(Math.max(0, from - before)), read: file.bytesRead };
    }
  } catch (error) {
    if (/^Z_/.test(sqlState(error) ?? "")) throw new Stopped("broken_gzip", error);
    throw error;
  } finally {
    gunzip.destroy();
  }
}
