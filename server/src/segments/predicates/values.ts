import { isJsonObject, type Json } from "../../platform/json.ts";
import type { NumberOp, Scalar, ValueTest } from "../contracts.ts";
import { instantOf } from "./times.ts";

/** Sums are kept in ten-thousandths, so that adding in any order gives the same result to the last digit. */
export const SUM_SCALE = 10_000;
const LARGEST = 1e11;
const NUMERIC_TEXT = /^-?[0-9]{1,12}(\.[0-9]{1,6})?$/;

/**
 * All values at a dotted path. A literal key "a.b" of the root wins; lists on the way, and at its end, stand for each
 * of their elements, so `products.category` finds every category in an order. Missing and null give nothing.
 */
export function valuesAt(root: Json | undefined, path: string): Json[] {
  if (!isJsonObject(root)) return [];
  const literal = Object.hasOwn(root, path) ? root[path] : undefined;
  if (literal !== undefined && literal !== null) return spread([literal]);
  let found: Json[] = [root];
  for (const key of path.split(".")) {
    const next: Json[] = [];
    for (const value of found) {
      if (isJsonObject(value) && Object.hasOwn(value, key)) next.push(value[key] ?? null);
    }
    found = spread(next);
    if (found.length === 0) return found;
  }
  return found;
}

function spread(values: Json[]): Json[] {
  return values
    .flatMap((value) => (Array.isArray(value) ? (value as Json[]) : [value]))
    .filter((value) => value !== null);
}

/** A number, or text that is plainly one ("49.90"): clients send prices as text. Beyond ±10^11 it is no quantity. */
export function numberOf(value: Json): number | null {
  const number = typeof value === "string" && NUMERIC_TEXT.test(value) ? Number(value) : value;
  return typeof number === "number" && Math.abs(number) <= LARGEST ? number : null;
}

export function scaledOf(value: Json): number | null {
  const number = numberOf(value);
  return number === null ? null : Math.floor(number * SUM_SCALE + 0.5);
}

/** Whether the values found at a path pass a test. A list passes when any element does; `is_not` and `not_in` are the opposite of `is` and `in`, so they hold for a missing value. */
export function passes(values: readonly Json[], test: ValueTest): boolean {
  switch (test.op) {
    case "is":
      return values.some((value) => value === test.value);
    case "is_not":
      return !values.some((value) => value === test.value);
    case "in":
      return values.some((value) => test.value.includes(value as Scalar));
    case "not_in":
      return !values.some((value) => test.value.includes(value as Scalar));
    case "contains":
      return values.some((value) => typeof value === "string" && value.includes(test.value));
    case "starts_with":
      return values.some((value) => typeof value === "string" && value.startsWith(test.value));
    case "exists":
      return values.length > 0;
    case "not_exists":
      return values.length === 0;
    case "before":
    case "after":
      return values.some((value) => isBeside(value, test.op, test.value));
    default:
      return values.some((value) => {
        const number = numberOf(value);
        return number !== null && compares(number, test.op, test.value);
      });
  }
}

function isBeside(value: Json, op: "before" | "after", bound: string): boolean {
  const at = typeof value === "string" ? instantOf(value) : null;
  const limit = instantOf(bound);
  if (at === null || limit === null) return false;
  return op === "before" ? at < limit : at > limit;
}

export function compares(number: number, op: NumberOp | "eq", bound: number): boolean {
  switch (op) {
    case "gt":
      return number > bound;
    case "gte":
      return number >= bound;
    case "lt":
      return number < bound;
    case "lte":
      return number <= bound;
    case "eq":
      return number === bound;
  }
}
