import type { UploadView } from "../../../server/src/imports/contracts.ts";
import { call, get, Problem } from "../api/http.ts";

const TRIES = 6;

/** Sends a file in chunks; a connection that breaks goes on from where it was. Resolves with the file's id. */
export async function uploadFile(file: File, onSent: (bytes: number) => void, signal: AbortSignal): Promise<string> {
  let upload = await call<UploadView>("POST", "/v1/imports/files", { name: file.name.slice(-200), bytes: file.size });
  for (let failures = 0; upload.offset < upload.bytes; ) {
    try {
      upload = await putChunk(file, upload, signal);
      failures = 0;
      onSent(upload.offset);
    } catch (error) {
      if (signal.aborted || ++failures >= TRIES || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** failures));
      upload = await get<UploadView>(`/v1/imports/files/${upload.id}`).catch(() => upload);
    }
  }
  return upload.id;
}

async function putChunk(file: File, upload: UploadView, signal: AbortSignal): Promise<UploadView> {
  const body = file.slice(upload.offset, upload.offset + upload.chunk_bytes);
  const response = await fetch(`/v1/imports/files/${upload.id}?offset=${upload.offset}`, {
    method: "PUT",
    credentials: "same-origin",
    headers: { "content-type": "application/octet-stream" },
    body,
    signal,
  }).catch((cause: unknown) => {
    throw new Problem(0, "network", String(cause));
  });
  const answer = (await response.json()) as UploadView & { code?: string; detail?: string };
  if (response.ok) return answer;
  throw new Problem(response.status, answer.code ?? `http_${response.status}`, answer.detail ?? response.statusText);
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof Problem &&
    (error.status === 0 || error.status >= 500 || error.code === "wrong_offset" || error.code === "chunk_broken")
  );
}
