import type { Bus } from "../../platform/bus.ts";
import type { TestServer } from "../../platform/testing/server.ts";
import type { ImportDetail, UploadView } from "../contracts.ts";

/** Uploads a file's bytes in one chunk; returns its id. */
export async function upload(server: TestServer, content: string | Uint8Array, name = "file.csv"): Promise<string> {
  const bytes = Buffer.from(content as string);
  const { body: file } = await server.call<UploadView>("POST", "/v1/imports/files", { name, bytes: bytes.length });
  await putChunk(server, file.id, 0, bytes);
  return file.id;
}

export function putChunk(
  server: TestServer,
  id: string,
  offset: number,
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${server.url}/v1/imports/files/${id}?offset=${offset}`, {
    method: "PUT",
    body: bytes as Uint8Array<ArrayBuffer>,
    headers: { authorization: `Bearer ${server.apiKey}`, "content-type": "application/octet-stream", ...headers },
  });
}

type Columns = Record<string, string> | readonly { column: string; field: string; type?: string; separator?: string }[];

/** Imports a text to its end. `columns` as column → field, or as the API takes them. */
export async function importText(
  server: TestServer,
  kind: "people" | "events" | "orders",
  content: string | Uint8Array,
  columns: Columns,
  options: Record<string, unknown> = {},
): Promise<ImportDetail> {
  const file = await upload(server, content);
  const rules = Array.isArray(columns)
    ? columns
    : Object.entries(columns).map(([column, field]) => ({ column, field: String(field) }));
  const { status, body } = await server.call<ImportDetail>("POST", "/v1/imports", {
    file,
    kind,
    columns: rules,
    options,
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return untilOver(server, body.id);
}

/** Resolves with the import once it is done, failed or cancelled. */
export async function untilOver(server: TestServer, id: string): Promise<ImportDetail> {
  for (;;) {
    const changed = nextChange(server.bus, id);
    const { body } = await server.call<ImportDetail>("GET", `/v1/imports/${id}`);
    if (body.state !== "waiting" && body.state !== "running") return body;
    await changed;
  }
}

function nextChange(bus: Bus, id: string): Promise<void> {
  return new Promise((resolve) => {
    const off = bus.onChange((changes) => {
      if (!changes.some((change) => change.topic === "import" && change.id === id)) return;
      off();
      resolve();
    });
  });
}
