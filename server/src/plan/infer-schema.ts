import { isJsonObject } from "../platform/json.ts";
import type { JsonSchema } from "./contracts.ts";

const MOST_PROPERTIES = 100;
const MOST_DEPTH = 3;
/** Fewer say nothing about what is always there. */
const ENOUGH = 10;
const NUMERIC = "^-?[0-9]+([.][0-9]+)?$";
const IS_NUMERIC = new RegExp(NUMERIC);
const IS_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** A schema that all of these values keep: their properties with their types; required is what every one had. */
export function inferSchema(values: readonly unknown[]): JsonSchema {
  return inferObject(values.filter(isJsonObject), 0);
}

function inferObject(objects: readonly Readonly<Record<string, unknown>>[], depth: number): JsonSchema {
  const byName = new Map<string, unknown[]>();
  for (const object of objects) {
    for (const [name, value] of Object.entries(object)) {
      const known = byName.get(name);
      if (known) known.push(value);
      else if (byName.size < MOST_PROPERTIES) byName.set(name, [value]);
    }
  }
  const required = [...byName]
    .filter(([, values]) => objects.length >= ENOUGH && values.length === objects.length && !values.includes(null))
    .map(([name]) => name)
    .sort();
  return {
    type: "object",
    properties: Object.fromEntries(
      [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, values]) => [name, inferValue(values, depth + 1)]),
    ),
    ...(required.length > 0 ? { required } : {}),
  };
}

function inferValue(values: readonly unknown[], depth: number): JsonSchema {
  const types = new Set(values.map(typeOf));
  const isOpen = types.delete("null");
  if (types.size === 0) return {};
  if (types.size === 1) {
    const [type = ""] = types;
    const found = inferOne(
      type,
      values.filter((value) => value !== null),
      depth,
    );
    return isOpen && typeof found.type === "string" ? { ...found, type: [found.type, "null"] } : found;
  }
  const all = [...types].sort();
  const isNumber = all.every((type) => type === "number" || type === "string");
  const isNumeric = isNumber && values.every((value) => typeof value !== "string" || IS_NUMERIC.test(value));
  return { type: isOpen ? [...all, "null"] : all, ...(isNumeric ? { pattern: NUMERIC } : {}) };
}

function inferOne(type: string, values: readonly unknown[], depth: number): JsonSchema {
  if (type === "object" && depth < MOST_DEPTH) return inferObject(values.filter(isJsonObject), depth);
  if (type === "array" && depth < MOST_DEPTH) {
    const items = (values as unknown[][]).flatMap((value) => value.slice(0, 20));
    return items.length > 0 ? { type, items: inferValue(items, depth) } : { type };
  }
  if (type === "string" && values.every((value) => IS_TIME.test(String(value)))) return { type, format: "date-time" };
  return { type };
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
