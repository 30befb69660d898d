import { createHash } from "node:crypto";

import type { ProductRow, ReadRow, RowProblem } from "./convert-row.ts";

/** The first row of a SKU in a file. */
export interface FirstRow {
  readonly sku: string;
  readonly row: number;
  /** Of each field that it tells, pictures aside, a digest. */
  readonly said: Readonly<Record<string, string>>;
}

/** What a row says of its SKU; null when it has none, or names it to add pictures alone. */
export function firstRowOf({ number, sku, images: _, variantImage: __, ...row }: ProductRow): FirstRow | null {
  const { group, ...rest } = row;
  const isTold = ([, value]: [string, unknown]) => value !== null && Object.keys(value as object).length > 0;
  if (sku === null || !Object.entries(rest).some(isTold)) return null;
  const told = Object.entries({ group, ...rest }).filter(isTold);
  return { sku, row: number, said: Object.fromEntries(told.map(([field, value]) => [field, digestOf(value)])) };
}

function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 12);
}

/** A row that says otherwise of its SKU what the first said, which stands; the same once more, less or more is no matter. */
export function repeatOf(firsts: ReadonlyMap<string, FirstRow>, row: number, own: FirstRow | null): RowProblem | null {
  if (own === null) return null;
  const first = firsts.get(own.sku);
  if (!first || !contradicts(own.said, first.said)) return null;
  return { row, column: null, code: "sku_repeated", value: first.sku, first_row: first.row };
}

function contradicts(said: FirstRow["said"], before: FirstRow["said"]): boolean {
  return Object.entries(said).some(([field, digest]) => before[field] !== undefined && before[field] !== digest);
}

/** What was read, unless an earlier row stands; of a file that is only looked at, where a row without a price may make no variant. */
export function unlessRepeated(firsts: Map<string, FirstRow>, read: ReadRow): ReadRow {
  if (!("ok" in read)) return read;
  const own = firstRowOf(read.ok);
  if (own === null) return read;
  const problem = repeatOf(firsts, own.row, own);
  if (problem) return { problem };
  if (read.ok.price !== null && !firsts.has(own.sku)) firsts.set(own.sku, own);
  return read;
}
