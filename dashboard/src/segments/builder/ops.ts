import type { CountOp, ValueType } from "../../../../server/src/segments/contracts.ts";
import type { EdgeTest, Test } from "../sentences/conditions.ts";

export const COUNT_OPS = ["gte", "gt", "lte", "lt", "eq"] as const satisfies readonly CountOp[];
export const EDGE_OPS = [
  "within_last",
  "not_within_last",
  "before",
  "after",
  "during",
] as const satisfies readonly EdgeTest["op"][];

/** Tests of a value; a property of an event knows none that time alone changes. */
const VALUE_OPS = [
  "is",
  "is_not",
  "in",
  "not_in",
  "contains",
  "starts_with",
  "gte",
  "gt",
  "lte",
  "lt",
  "before",
  "after",
  "exists",
  "not_exists",
] as const;
const RELATIVE_OPS = ["within_last", "within_next", "anniversary_within", "during"] as const;
export const PROPERTY_OPS = VALUE_OPS;
export const PERSON_OPS = [...VALUE_OPS, ...RELATIVE_OPS] as const;
export type Op = (typeof PERSON_OPS)[number];

export type Shape = "none" | "text" | "list" | "number" | "date" | "duration" | "period";

/** Which form a value needs, by its operator. */
export function shapeOf(op: string): Shape {
  switch (op) {
    case "exists":
    case "not_exists":
      return "none";
    case "in":
    case "not_in":
      return "list";
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return "number";
    case "before":
    case "after":
      return "date";
    case "within_last":
    case "not_within_last":
    case "within_next":
    case "anniversary_within":
      return "duration";
    case "during":
      return "period";
    default:
      return "text";
  }
}

/** The same test with another operator; the value stays where it still makes sense. */
export function withOp(test: Test, op: string): Test {
  const from = shapeOf(test.op);
  const to = shapeOf(op);
  if (to === "none") return { op };
  if (from === to && test.value !== undefined) return { op, value: test.value };
  const one = [test.value].flat()[0];
  const value = typeof one === "object" || one === undefined ? "" : one;
  switch (to) {
    case "list":
      return { op, value: from === "text" && value !== "" ? [value] : [] };
    case "number":
      return { op, value: Number(value) || 0 };
    case "duration":
      return { op, value: "P30D" };
    case "date":
      return { op, value: today() };
    case "period":
      return { op, value: "this_month" };
    default:
      return { op, value: from === "duration" || from === "date" || from === "period" ? "" : value };
  }
}

/** What was typed, as the data has it: a number where numbers stand, yes and no where those do. */
export function readTyped(text: string, type: ValueType | undefined): string | number | boolean {
  if (type === "number" && text !== "" && Number.isFinite(Number(text))) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

/** What a date field begins with. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
