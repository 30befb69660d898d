import type { Node } from "../bench/lib/chaos/node.ts";
import type { UploadView } from "../server/src/imports/contracts.ts";

/** Uploads a file to import, whole; gives its id. */
export async function uploadFile(node: Node, name: string, bytes: Buffer): Promise<string> {
  const file = await node.call<UploadView>("POST", "/v1/imports/files", { name, bytes: bytes.length });
  const put = await fetch(`${node.url}/v1/imports/files/${file.id}?offset=0`, {
    method: "PUT",
    body: bytes as Uint8Array<ArrayBuffer>,
    headers: { authorization: `Bearer ${node.apiKey}`, "content-type": "application/octet-stream" },
  });
  if (!put.ok) throw new Error(`the file was answered with ${put.status}`);
  return file.id;
}
