import type { Scalar } from "../../../server/src/segments/contracts.ts";

export const OPS = [
  "is",
  "is_not",
  "in",
  "not_in",
  "contains",
  "starts_with",
  "exists",
  "not_exists",
  "gt",
  "gte",
  "lt",
  "lte",
  "before",
  "after",
  "within_last",
  "within_next",
  "anniversary_within",
] as const;
export type Op = (typeof OPS)[number];
/** An operator with whatever value it has at the moment: the forms edit this, the wire checks it. */
export interface Test {
  readonly op: Op;
  readonly value?: Scalar | readonly Scalar[];
}

/** Which form a value needs, by its operator. */
export function shapeOf(op: Op): "none" | "text" | "list" | "number" | "date" | "duration" {
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
    case "within_next":
    case "anniversary_within":
      return "duration";
    default:
      return "text";
  }
}

/** The same test with another operator; the value stays where it still makes sense. */
export function withOp(test: Test, op: Op): Test {
  const from = shapeOf(test.op);
  const to = shapeOf(op);
  if (to === "none") return { op };
  if (from === to && test.value !== undefined) return { op, value: test.value };
  const text = Array.isArray(test.value) ? String(test.value[0] ?? "") : String(test.value ?? "");
  switch (to) {
    case "list":
      return { op, value: text === "" ? [] : [text] };
    case "number":
      return { op, value: Number(text) || 0 };
    case "duration":
      return { op, value: "P30D" };
    case "date":
      return { op, value: new Date().toISOString().slice(0, 10) };
    default:
      return { op, value: from === "duration" || from === "date" ? "" : text };
  }
}

/** Text from a field as the wire wants it: yes and no are themselves, all else stays text. */
export function readScalar(text: string): Scalar {
  if (text === "true") return true;
  return text === "false" ? false : text;
}
