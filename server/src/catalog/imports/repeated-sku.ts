import { createHash } from "node:crypto";

import type { ProductRow, ReadRow, RowProblem } from "./convert-row.ts";

/** The first row of a SKU in a file. */
export interface FirstRow {
  readonly sku: string;
  readonly row: number;
  /** A digest of what it says, pictures aside. */
  readonly said: string;
}

/** What a row says of its SKU; null when it has none, or names it to add pictures alone. */
export function firstRowOf({ number, sku, images: _, variantImage: __, ...row }: ProductRow): FirstRow | null {
  const { group, ...rest } = row;
  const said = Object.entries(rest).filter(([, value]) => value !== null && Object.keys(value).length > 0);
  if (sku === null || said.length === 0) return null;
  const digest = createHash("sha256").update(JSON.stringify([group, said]));
  return { sku, row: number, said: digest.digest("base64url").slice(0, 22) };
}

/** A row that says something else of its SKU than the first did, which stands; the same once more is no matter. */
export function repeatOf(firsts: ReadonlyMap<string, FirstRow>, row: number, own: FirstRow | null): RowProblem | null {
  const first = own === null ? undefined : firsts.get(own.sku);
  if (!first || first.said === own?.said) return null;
  return { row, column: null, code: "sku_repeated", value: first.sku, first_row: first.row };
}

/** What was read, unless an earlier row stands; of a file that is only looked at. */
export function unlessRepeated(firsts: Map<string, FirstRow>, read: ReadRow): ReadRow {
  const own = "ok" in read ? firstRowOf(read.ok) : null;
  if (own === null) return read;
  const problem = repeatOf(firsts, own.row, own);
  if (problem) return { problem };
  if (!firsts.has(own.sku)) firsts.set(own.sku, own);
  return read;
}
