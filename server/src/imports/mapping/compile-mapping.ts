import { atPath, isJsonObject, type Json, type JsonObject } from "../../platform/json.ts";
import type { ColumnRule, ImportKind, ImportOptions, ValueType } from "../contracts.ts";
import type { Row } from "../reading/read-rows.ts";
import { Stopped } from "../stopped.ts";
import { createMomentReader, type MomentReader } from "../values/read-moment.ts";
import { parseField } from "./field-names.ts";

/** Where a value comes from and how it is read. */
export interface Source {
  readonly column: string;
  /** The cell's place in a CSV; -1 in JSON lines. */
  readonly index: number;
  readonly type: ValueType | null;
  readonly separator: string;
}

/** A value that goes to a place of its own inside traits, properties, a product or the context. */
export interface PathSource extends Source {
  readonly path: readonly string[];
}

/** A mapping made ready for reading the rows of one file. */
export interface Plan {
  readonly kind: ImportKind;
  readonly options: ImportOptions;
  readonly moments: MomentReader;
  /** Sources of the fixed fields, in the order of the columns. */
  readonly fields: ReadonlyMap<string, readonly Source[]>;
  readonly traits: readonly PathSource[];
  readonly properties: readonly PathSource[];
  readonly products: readonly PathSource[];
  readonly context: readonly PathSource[];
  readonly consents: readonly PathSource[];
}

/** Throws `Stopped("columns_missing")` when the header lacks a column that is mapped. */
export function compileMapping(
  kind: ImportKind,
  columns: readonly ColumnRule[],
  options: ImportOptions,
  header: readonly string[],
): Plan {
  const fields = new Map<string, Source[]>();
  const paths: Record<string, PathSource[]> = { trait: [], property: [], product: [], context: [], consent: [] };
  for (const { column, field, type, separator } of columns) {
    const index = header.indexOf(column);
    if (index === -1 && header.length > 0) throw new Stopped("columns_missing");
    const source = { column, index, type: type ?? null, separator: separator ?? "," };
    const parsed = parseField(kind, field);
    if (!parsed) continue;
    if (parsed.prefix !== null) paths[parsed.prefix]?.push({ ...source, path: parsed.path });
    else fields.set(field, [...(fields.get(field) ?? []), source]);
  }
  return {
    kind,
    options,
    moments: createMomentReader(options.zone, options.date),
    fields,
    traits: paths.trait ?? [],
    properties: paths.property ?? [],
    products: paths.product ?? [],
    context: paths.context ?? [],
    consents: paths.consent ?? [],
  };
}

/** The value as it stands in the file; undefined when the cell is empty or the object has no such member. */
export function rawValue({ cells }: Pick<Row, "cells">, source: Source): Json | undefined {
  if (cells === null) return undefined;
  const value = isList(cells) ? cells[source.index]?.trim() : atPath(cells, source.column);
  return value === undefined || value === null || value === "" ? undefined : value;
}

function isList(cells: readonly string[] | JsonObject): cells is readonly string[] {
  return Array.isArray(cells);
}

/** Puts a value at a path, making the objects on the way. */
export function putAt(target: Record<string, Json>, path: readonly string[], value: Json): void {
  let at = target;
  for (const part of path.slice(0, -1)) {
    const known = Object.hasOwn(at, part) ? at[part] : undefined;
    const next = isJsonObject(known) ? (known as Record<string, Json>) : {};
    at[part] = next;
    at = next;
  }
  const last = path.at(-1);
  if (last !== undefined) at[last] = value;
}
