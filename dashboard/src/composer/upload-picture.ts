import type { ImageView } from "../../../server/src/messages/contracts.ts";
import { Problem, withQuery } from "../api/http.ts";

/** Sends a file as it is; the server says what it is and takes out what is no picture. */
export async function uploadPicture(file: File): Promise<ImageView> {
  const response = await fetch(withQuery("/v1/images", { name: file.name }), {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/octet-stream" },
    body: file,
  });
  const answer = (await response.json()) as ImageView & { code?: string; detail?: string };
  if (!response.ok) throw new Problem(response.status, answer.code ?? "upload", answer.detail ?? response.statusText);
  return answer;
}
