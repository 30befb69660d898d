import { isJsonObject, type Json, type JsonObject } from "../../platform/json.ts";
import type { Scalar, ValueType } from "../contracts.ts";

/** What stands at a path: how many of those looked at have it, and which values, each with its number. */
export interface Surveyed {
  count: number;
  readonly types: Map<ValueType, number>;
  readonly values: Map<Scalar, number>;
}

/** What was found in some people or events. */
export interface Survey {
  readonly lookedAt: number;
  readonly paths: ReadonlyMap<string, Surveyed>;
}

const MOST_PATHS = 1_000;
const MOST_VALUES = 2_000;
const LONGEST_VALUE = 100;
const DEEPEST = 4;

/** Which paths and values there are; lists stand for each of their elements, as in conditions. Bounded whatever comes in. */
export function survey(documents: Iterable<JsonObject>): Survey {
  const paths = new Map<string, Surveyed>();
  let lookedAt = 0;
  for (const document of documents) {
    lookedAt++;
    const here = new Map<string, Set<Scalar>>();
    walk(document, "", 1, here);
    for (const [path, values] of here) note(paths, path, values);
  }
  return { lookedAt, paths };
}

/** A value that stands twice in one document (two shoes in one order) counts once. */
function walk(value: Json, path: string, depth: number, into: Map<string, Set<Scalar>>): void {
  if (Array.isArray(value)) {
    for (const element of value.slice(0, 50)) walk(element, path, depth, into);
  } else if (isJsonObject(value)) {
    if (depth > DEEPEST) return;
    for (const [name, inner] of Object.entries(value)) {
      // A name with a dot in it cannot be told from a path.
      if (name !== "" && !name.includes(".")) walk(inner, path === "" ? name : `${path}.${name}`, depth + 1, into);
    }
  } else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    const values = into.get(path) ?? new Set();
    into.set(path, values.add(value));
  }
}

function note(paths: Map<string, Surveyed>, path: string, values: ReadonlySet<Scalar>): void {
  const found: Surveyed = paths.get(path) ?? { count: 0, types: new Map(), values: new Map() };
  if (found.count === 0 && paths.size >= MOST_PATHS) return;
  paths.set(path, found);
  found.count++;
  for (const value of values) {
    const type = typeOf(value);
    found.types.set(type, (found.types.get(type) ?? 0) + 1);
    if (typeof value === "string" && (value === "" || value.length > LONGEST_VALUE)) continue;
    if (found.values.has(value) || found.values.size < MOST_VALUES)
      found.values.set(value, (found.values.get(value) ?? 0) + 1);
  }
}

function typeOf(value: Scalar): ValueType {
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  return /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/.test(value) ? "date" : "text";
}

/** The type that most of the values at a path have. */
export function typeAt({ types }: Surveyed): ValueType {
  return [...types].reduce<[ValueType, number]>((most, one) => (one[1] > most[1] ? one : most), ["text", 0])[0];
}
