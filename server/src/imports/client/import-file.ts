import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { ImportRefused, type Receiver } from "../../collect/index.ts";
import type { ColumnRule, ImportDetail, ImportKind, ImportOptions, PreviewView, UploadView } from "../contracts.ts";
import { callApi, send } from "./call-api.ts";

export interface FileMapping {
  /** What is suggested, when absent. */
  readonly columns?: readonly ColumnRule[];
  readonly options: Partial<ImportOptions>;
}

export interface FileProgress {
  readonly step: "upload" | "import";
  readonly done: number;
  readonly total: number;
}

const LOOK_MS = 500;
const ROWS_TRIED = 10_000;

/** Sends a file to a running Kilim in chunks; a connection that breaks goes on where it was. Returns its id. */
export async function uploadFile(
  receiver: Receiver,
  path: string,
  onProgress: (progress: FileProgress) => void,
): Promise<string> {
  const file = await open(path);
  try {
    const bytes = (await file.stat()).size;
    const json = { name: basename(path).slice(-200), bytes };
    if (bytes === 0) throw new ImportRefused(`${path} is empty.`);
    let upload = await callApi<UploadView>(receiver, "POST", "/v1/imports/files", { json });
    while (upload.offset < bytes) {
      upload = await putChunk(receiver, file, upload);
      onProgress({ step: "upload", done: upload.offset, total: bytes });
    }
    return upload.id;
  } finally {
    await file.close();
  }
}

async function putChunk(receiver: Receiver, file: FileHandle, { id, offset, chunk_bytes }: UploadView) {
  const chunk = Buffer.alloc(chunk_bytes);
  const { bytesRead } = await file.read(chunk, 0, chunk_bytes, offset);
  const path = `/v1/imports/files/${id}`;
  const answer = await send(receiver, "PUT", `${path}?offset=${offset}`, { bytes: chunk.subarray(0, bytesRead) }).catch(
    () => null,
  );
  if (answer?.ok) return (await answer.json()) as UploadView;
  // Whatever went wrong, the server knows how much it has.
  await pause(LOOK_MS);
  return callApi<UploadView>(receiver, "GET", path);
}

/** What the first rows would become with this mapping, or with the one that is suggested. */
export function tryFile(
  receiver: Receiver,
  file: string,
  kind: ImportKind,
  mapping: FileMapping,
): Promise<PreviewView> {
  const json = { file, kind, rows: ROWS_TRIED, ...mapping };
  return callApi<PreviewView>(receiver, "POST", "/v1/imports/preview", { json });
}

/** Starts the import and follows it to its end. It goes on without us. */
export async function runImport(
  receiver: Receiver,
  json: { file: string; kind: ImportKind; columns: readonly ColumnRule[]; options: Partial<ImportOptions> },
  onProgress: (progress: FileProgress) => void,
): Promise<ImportDetail> {
  let view = await callApi<ImportDetail>(receiver, "POST", "/v1/imports", { json });
  while (view.state === "waiting" || view.state === "running") {
    onProgress({ step: "import", done: view.bytes_done, total: view.file.bytes });
    await pause(LOOK_MS);
    view = await callApi<ImportDetail>(receiver, "GET", `/v1/imports/${view.id}`);
  }
  return view;
}
