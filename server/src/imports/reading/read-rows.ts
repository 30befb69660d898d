import { isJsonObject, type JsonObject } from "../../platform/json.ts";
import { isTooDeep } from "../../platform/json-depth.ts";
import type { FileFormat } from "../contracts.ts";
import { Stopped } from "../stopped.ts";
import { openText } from "./open-text.ts";
import { type RawRecord, type RecordFault, RecordSplitter, splitCells } from "./split-records.ts";

export type RowFault = RecordFault | "too_few_cells" | "too_many_cells" | "not_json" | "not_an_object" | "too_deep";

/** A row of the file as the mapping sees it. */
export interface Row {
  /** As a spreadsheet counts: the header of a CSV is 1. */
  readonly number: number;
  /** Where the next row begins. */
  readonly end: number;
  readonly text: string;
  /** CSV: beside the header's names. JSON lines: the object. Null when it cannot be read. */
  readonly cells: readonly string[] | JsonObject | null;
  readonly fault: RowFault | null;
}

/** Where reading goes on. */
export interface Place {
  readonly position: number;
  /** The number of the row that begins there. */
  readonly row: number;
}

export interface Rows {
  /** Names of the columns of a CSV; empty for JSON lines. */
  readonly header: readonly string[];
  /** Rows as they come, some hundreds at once, and the bytes of the file read so far. */
  readonly batches: AsyncGenerator<{ readonly rows: Row[]; readonly read: number }>;
}

export const START: Place = { position: 0, row: 1 };
const MOST_COLUMNS = 500;
const MOST_LEVELS = 64;
const MOST_HEADER_TEXT = 300;

/** Opens a file at a place; the header is read from its beginning every time. */
export async function readRows(path: string, format: FileFormat, from: Place, maxBytes: number): Promise<Rows> {
  if (format.type === "jsonl") {
    return { header: [], batches: read(path, format, from, maxBytes, (record, number) => jsonRow(record, number)) };
  }
  const { header, place } = await readHeader(path, format, maxBytes);
  const begin = from.position === 0 ? place : from;
  const { delimiter } = format;
  return {
    header,
    batches: read(path, format, begin, maxBytes, (record, number) => csvRow(record, number, delimiter, header.length)),
  };
}

async function readHeader(path: string, format: FileFormat, maxBytes: number) {
  const all = read(path, format, START, maxBytes, (record, number) => ({ record, number }));
  for await (const { rows } of all) {
    const first = rows[0];
    if (!first) continue;
    if (first.record.fault !== null) throw new Stopped("no_header");
    const names = nameColumns(splitCells(first.record.text, format.delimiter));
    return { header: names, place: { position: first.record.end, row: first.number + 1 } };
  }
  throw new Stopped("empty_file");
}

/** Names as they stand; those without one, or with one that is taken, get one. */
function nameColumns(cells: readonly string[]): string[] {
  if (cells.length > MOST_COLUMNS) throw new Stopped("too_many_columns");
  if (cells.every((cell) => cell.trim() === "")) throw new Stopped("no_header");
  const taken = new Set<string>();
  return cells.map((cell, i) => {
    const given = cell.trim().slice(0, MOST_HEADER_TEXT) || `column ${i + 1}`;
    let name = given;
    for (let n = 2; taken.has(name); n++) name = `${given} (${n})`;
    taken.add(name);
    return name;
  });
}

async function* read<T>(
  path: string,
  format: FileFormat,
  from: Place,
  maxBytes: number,
  make: (record: RawRecord, number: number) => T,
): AsyncGenerator<{ rows: T[]; read: number }> {
  const splitter = new RecordSplitter({
    delimiter: format.type === "csv" ? format.delimiter : null,
    newline: format.newline,
    position: from.position,
  });
  let number = from.row;
  let read = 0;
  const take = (records: readonly RawRecord[]): T[] => {
    const rows: T[] = [];
    for (const record of records) {
      // Empty lines are counted, as a spreadsheet does, but are no rows.
      if (record.fault !== null || record.text.trim() !== "") rows.push(make(record, number));
      number++;
    }
    return rows;
  };
  for await (const piece of openText(path, format, from.position, maxBytes)) {
    read = piece.read;
    yield { rows: take(splitter.push(piece.bytes)), read };
  }
  yield { rows: take(splitter.end()), read };
}

function csvRow(record: RawRecord, number: number, delimiter: string, columns: number): Row {
  const row = { number, end: record.end, text: record.text };
  if (record.fault !== null) return { ...row, cells: null, fault: record.fault };
  const cells = splitCells(record.text, delimiter);
  if (cells.length === columns) return { ...row, cells, fault: null };
  if (cells.length < columns) return { ...row, cells: null, fault: "too_few_cells" };
  const isEmptyBeyond = cells.slice(columns).every((cell) => cell.trim() === "");
  return isEmptyBeyond
    ? { ...row, cells: cells.slice(0, columns), fault: null }
    : { ...row, cells: null, fault: "too_many_cells" };
}

function jsonRow(record: RawRecord, number: number): Row {
  const row = { number, end: record.end, text: record.text };
  if (record.fault !== null) return { ...row, cells: null, fault: record.fault };
  // What walks through values later goes as deep as they do.
  if (isTooDeep(record.text, MOST_LEVELS)) return { ...row, cells: null, fault: "too_deep" };
  let value: unknown;
  try {
    value = JSON.parse(record.text);
  } catch {
    return { ...row, cells: null, fault: "not_json" };
  }
  return isJsonObject(value) ? { ...row, cells: value, fault: null } : { ...row, cells: null, fault: "not_an_object" };
}
