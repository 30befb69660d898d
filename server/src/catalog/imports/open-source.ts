import type { ProductPreview } from "../contracts.ts";
import type { ImportDeps, SourceRow, SourceTable } from "./deps.ts";
import { readFeedXml } from "./read-feed-xml.ts";

export type Form = ProductPreview["form"];

export interface Source extends SourceTable {
  readonly form: Form;
}

/** Of an XML feed the columns are what its first items name. */
const LOOKED_AT = 200;

/** An uploaded file of products as a table: a feed in XML, or anything with rows and columns. */
export async function openSource(deps: ImportDeps, fileId: string): Promise<Source> {
  if (!(await isXml(deps, fileId))) {
    const table = await deps.openTable(fileId);
    const names = new Set(table.columns.map((name) => name.toLowerCase()));
    const form =
      names.has("handle") && names.has("variant price") ? "shopify" : isGoogle(names) ? "google_table" : "table";
    return { ...table, form };
  }
  const columns = new Set<string>();
  let seen = 0;
  for await (const rows of readFeedXml(bytesOf(deps, fileId))) {
    for (const { cells } of rows) for (const name of cells?.keys() ?? []) columns.add(name);
    seen += rows.length;
    if (seen >= LOOKED_AT) break;
  }
  let read = 0;
  const batches = batchesOf(deps, fileId, (bytes) => {
    read = bytes;
  });
  return { form: "google_xml", columns: [...columns], batches, read: () => read };
}

async function* batchesOf(
  deps: ImportDeps,
  fileId: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<readonly SourceRow[]> {
  yield* readFeedXml(bytesOf(deps, fileId, onRead));
}

async function* bytesOf(deps: ImportDeps, fileId: string, onRead?: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const { bytes, read } of deps.openBytes(fileId)) {
    onRead?.(read);
    yield bytes;
  }
}

async function isXml(deps: ImportDeps, fileId: string): Promise<boolean> {
  for await (const bytes of bytesOf(deps, fileId)) {
    const start = bytes
      .toString("utf8", 0, 200)
      .replace(/^\uFEFF/, "")
      .trimStart();
    return start.startsWith("<");
  }
  return false;
}

function isGoogle(names: ReadonlySet<string>): boolean {
  return (
    names.has("id") &&
    names.has("title") &&
    names.has("price") &&
    (names.has("link") || names.has("image_link") || names.has("image link"))
  );
}
