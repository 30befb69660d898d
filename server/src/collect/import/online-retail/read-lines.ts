import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

import { parse } from "csv-parse";

import { type Micro, toMicro } from "./micro.ts";

/** One line of an invoice. */
export interface Line {
  readonly invoice: string;
  readonly code: string;
  readonly description: string;
  readonly quantity: number;
  /** Per piece. */
  readonly price: Micro;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Null for guests. */
  readonly customer: string | null;
  readonly country: string;
  /** The row's text: equal texts are exact duplicates. */
  readonly text: string;
}

export const COLUMNS = [
  "InvoiceNo",
  "StockCode",
  "Description",
  "Quantity",
  "InvoiceDate",
  "UnitPrice",
  "CustomerID",
  "Country",
] as const;

/** The file does not have the columns we read; the sentence names those that are missing. */
export class WrongFile extends Error {}

/** Whether a file's first line names the columns of this format; false also for files that are not there. */
export async function isOnlineRetail(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => null);
  if (!handle) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1_000), 0, 1_000, 0);
    const header = buffer.toString("utf8", 0, bytesRead).split(/\r?\n/)[0] ?? "";
    const names = new Set(
      header
        .replace(/[\uFEFF"]/g, "")
        .split(",")
        .map((name) => name.trim()),
    );
    return COLUMNS.every((column) => names.has(column));
  } finally {
    await handle.close();
  }
}

export interface ReadFile {
  /** A line, or why a row is none. */
  readonly row: Line | { readonly unreadable: string };
  readonly bytes: number;
}

/** Streams the rows of a CSV file; memory does not grow with it. */
export async function* readLines(file: string): AsyncGenerator<ReadFile> {
  const parser = parse({
    bom: true,
    // The header is checked before the first row is taken for one.
    columns: (header: string[]) => checkHeader(file, header),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const stream = createReadStream(file);
  stream.on("error", (error) => parser.destroy(error));
  stream.pipe(parser);
  for await (const record of parser as AsyncIterable<Record<string, string | undefined>>) {
    yield { row: readRow(record), bytes: stream.bytesRead };
  }
}

function checkHeader(file: string, header: readonly string[]): string[] {
  const names = header.map((name) => name.trim());
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new WrongFile(`${file} has no column ${missing.join(", ")}.`);
  return names;
}

function readRow(record: Record<string, string | undefined>): Line | { unreadable: string } {
  const cell = (column: (typeof COLUMNS)[number]) => (record[column] ?? "").trim();
  const invoice = cell("InvoiceNo");
  const code = cell("StockCode");
  if (invoice === "" || code === "") return { unreadable: "no invoice or no code" };
  if (!/^-?\d{1,9}$/.test(cell("Quantity"))) return { unreadable: `quantity "${cell("Quantity")}"` };
  const price = toMicro(cell("UnitPrice"));
  if (price === null) return { unreadable: `price "${cell("UnitPrice")}"` };
  const at = readLondonTime(cell("InvoiceDate"));
  if (at === null) return { unreadable: `date "${cell("InvoiceDate")}"` };
  // Spreadsheets write customer numbers as 17850.0.
  const customer = cell("CustomerID").replace(/\.0+$/, "");
  return {
    invoice: invoice.toUpperCase(),
    code,
    description: cell("Description"),
    quantity: Number(cell("Quantity")),
    price,
    at,
    customer: customer === "" ? null : customer,
    country: cell("Country"),
    text: COLUMNS.map(cell).join("\u001f"),
  };
}

/** The file's times are the shop's wall clock, London. An hour that happens twice is taken for its first. */
function readLondonTime(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)$/.exec(text);
  if (!match) return null;
  try {
    return Temporal.PlainDateTime.from(`${match[1]}T${match[2]}`).toZonedDateTime("Europe/London").epochMilliseconds;
  } catch {
    return null;
  }
}
