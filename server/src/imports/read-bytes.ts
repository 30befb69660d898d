import { open } from "node:fs/promises";

import type { ImportsDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { pathOf } from "./files/file-paths.ts";
import { requireWholeFile } from "./files/upload-file.ts";
import { openBytes, type Piece } from "./reading/open-bytes.ts";
import { failures, Stopped } from "./stopped.ts";

const GZIP = 0x1f8b;

/** Streams an uploaded file from its beginning, unpacked when it is gzip; refuses when it is not here. */
export async function* readBytes(deps: ImportsDeps, fileId: string): AsyncGenerator<Piece> {
  await requireWholeFile(deps, fileId);
  const path = pathOf(deps.dataDir, fileId);
  const isGzip = await startsWithGzip(path);
  try {
    yield* openBytes(path, { isGzip, from: 0, maxBytes: deps.importBytes });
  } catch (error) {
    throw error instanceof Stopped ? refuse("unreadable_file", failures[error.code]) : error;
  }
}

/** What an uploaded file was called where it came from, and its length. */
export async function readFileFacts(deps: ImportsDeps, fileId: string): Promise<{ name: string; bytes: number }> {
  const { name, bytes } = await requireWholeFile(deps, fileId);
  return { name, bytes };
}

async function startsWithGzip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE(0) === GZIP;
  } finally {
    await handle.close();
  }
}
