import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, rm, statfs } from "node:fs/promises";

import { sqlState } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { UPLOAD_CHUNK_BYTES, type UploadBody, type UploadView } from "../contracts.ts";
import type { ImportsDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { advanceFile, type FileRow, insertFile, loadFile, markRemoved } from "../queries/files.pg.ts";
import { folderOf, pathOf } from "./file-paths.ts";

/** Room that stays for the engines, whose data lies on the same disk. */
const KEPT_FREE_BYTES = 512 * 1024 * 1024;

/** Announces a file; its bytes follow in chunks. */
export async function beginUpload(deps: ImportsDeps, body: UploadBody): Promise<UploadView> {
  if (body.bytes > deps.importBytes) throw refuse("file_too_large");
  await mkdir(folderOf(deps.dataDir), { recursive: true, mode: 0o700 });
  const disk = await statfs(folderOf(deps.dataDir));
  if (disk.bavail * disk.bsize < body.bytes + KEPT_FREE_BYTES) throw refuse("disk_full");
  const id = newId(deps.clock);
  await (await open(pathOf(deps.dataDir, id), "wx", 0o600)).close();
  const at = deps.clock.now().toString();
  await insertFile(deps.db, { id, name: body.name, bytes: body.bytes, sha256: body.sha256 ?? null, at });
  return { id, name: body.name, bytes: body.bytes, offset: 0, chunk_bytes: UPLOAD_CHUNK_BYTES };
}

export async function readUpload(deps: ImportsDeps, id: string): Promise<UploadView> {
  const file = await requireFile(deps, id);
  return { id, name: file.name, bytes: file.bytes, offset: file.received, chunk_bytes: UPLOAD_CHUNK_BYTES };
}

export interface Chunk {
  readonly offset: number;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** As the request announced it. */
  readonly length: number | null;
  /** SHA-256 of the chunk in base64 (`Content-Digest`), when it came with one. */
  readonly sha256: string | null;
}

/** Writes a chunk behind what is there. It counts whole or not at all: what broke off is written over by the next try. */
export async function receiveChunk(deps: ImportsDeps, id: string, chunk: Chunk): Promise<UploadView> {
  const file = await requireFile(deps, id);
  if (chunk.offset !== file.received) throw refuse("wrong_offset");
  if (!existsSync(pathOf(deps.dataDir, id))) throw refuse("file_elsewhere");
  const size = await write(deps, file, chunk);
  const to = chunk.offset + size;
  if (to === file.bytes && file.sha256 !== null && (await hashOf(pathOf(deps.dataDir, id))) !== file.sha256) {
    await dropFile(deps, [id]);
    throw refuse("digest_mismatch");
  }
  const at = deps.clock.now().toString();
  if (!(await advanceFile(deps.db, { id, from: chunk.offset, to, at }))) throw refuse("wrong_offset");
  return { id, name: file.name, bytes: file.bytes, offset: to, chunk_bytes: UPLOAD_CHUNK_BYTES };
}

async function write(deps: ImportsDeps, file: FileRow, chunk: Chunk): Promise<number> {
  const most = Math.min(UPLOAD_CHUNK_BYTES, file.bytes - chunk.offset);
  if (chunk.length !== null && chunk.length > most) throw refuse("chunk_too_large");
  const hash = chunk.sha256 === null ? null : createHash("sha256");
  const handle = await open(pathOf(deps.dataDir, file.id), "r+");
  let size = 0;
  try {
    for await (const bytes of chunk.bytes) {
      if (size + bytes.length > most) throw refuse("chunk_too_large");
      await handle.write(bytes, 0, bytes.length, chunk.offset + size);
      hash?.update(bytes);
      size += bytes.length;
    }
    if (chunk.length !== null && size !== chunk.length) throw refuse("chunk_broken");
    if (hash && hash.digest("base64") !== chunk.sha256) throw refuse("chunk_broken");
    await handle.datasync();
  } catch (error) {
    // The connection broke off.
    throw sqlState(error) === "ECONNRESET" ? refuse("chunk_broken") : error;
  } finally {
    await handle.close();
  }
  return size;
}

async function requireFile(deps: ImportsDeps, id: string): Promise<FileRow> {
  const file = await loadFile(deps.db, id);
  if (!file || file.isRemoved) throw refuse("file_not_found");
  return file;
}

/** A file that is here to its end. */
export async function requireWholeFile(deps: ImportsDeps, id: string): Promise<FileRow> {
  const file = await requireFile(deps, id);
  if (file.received < file.bytes) throw refuse("file_incomplete");
  if (!existsSync(pathOf(deps.dataDir, id))) throw refuse("file_elsewhere");
  return file;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest("hex");
}

export async function dropFile(deps: ImportsDeps, ids: readonly string[]): Promise<void> {
  await markRemoved(deps.db, ids, deps.clock.now().toString());
  for (const id of ids) await rm(pathOf(deps.dataDir, id), { force: true });
}
