import type { CalendarTest, RelativeTest, Scalar, ValueTest } from "../contracts.ts";
import { spanOf, zoneOf } from "../predicates/calendar.ts";
import { checkedWindowMs, instantOf } from "../predicates/times.ts";
import { passes } from "../predicates/values.ts";

/** Numbers on a line. Only those on one `scale` can be compared: amounts, instants, ages at the moment of asking. */
interface Interval {
  readonly scale: string;
  readonly from: number;
  readonly to: number;
  /** Whether `from` and `to` themselves are left out. */
  readonly isOpen: boolean;
}

/** Which single values pass a test, as far as this can be reasoned about. */
export type Passing =
  | { readonly kind: "any" }
  | { readonly kind: "listed"; readonly values: readonly Scalar[] }
  | { readonly kind: "text"; readonly op: "contains" | "starts_with"; readonly part: string }
  | ({ readonly kind: "between" } & Interval)
  | { readonly kind: "other" };

/** A test as what it says of the values found at a path: some value passes, or (not `isSome`) none does. */
export interface ValueClaim {
  readonly isSome: boolean;
  readonly passing: Passing;
}

export function claimOfTest(test: ValueTest | RelativeTest | CalendarTest): ValueClaim {
  switch (test.op) {
    case "is":
      return { isSome: true, passing: { kind: "listed", values: [test.value] } };
    case "is_not":
      return { isSome: false, passing: { kind: "listed", values: [test.value] } };
    case "in":
      return { isSome: true, passing: { kind: "listed", values: test.value } };
    case "not_in":
      return { isSome: false, passing: { kind: "listed", values: test.value } };
    case "exists":
    case "not_exists":
      return { isSome: test.op === "exists", passing: { kind: "any" } };
    case "contains":
    case "starts_with":
      return { isSome: true, passing: { kind: "text", op: test.op, part: test.value } };
    default:
      return { isSome: true, passing: rangeOf(test) };
  }
}

type RangeTest = Exclude<
  ValueTest | RelativeTest | CalendarTest,
  { op: "is" | "is_not" | "in" | "not_in" | "exists" | "not_exists" | "contains" | "starts_with" }
>;

function rangeOf(test: RangeTest): Passing {
  switch (test.op) {
    case "gt":
    case "lt":
      return { kind: "between", scale: "amount", ...halfLine(test.op, test.value), isOpen: true };
    case "gte":
    case "lte":
      return { kind: "between", scale: "amount", ...halfLine(test.op, test.value), isOpen: false };
    case "before":
    case "after":
      return beside(test.op, instantOf(test.value) ?? 0);
    case "within_last":
      return { kind: "between", scale: "age", from: 0, to: checkedWindowMs(test.value) - 1, isOpen: false };
    case "within_next":
      return { kind: "between", scale: "age", from: 1 - checkedWindowMs(test.value), to: 0, isOpen: false };
    case "during": {
      if (typeof test.value === "string") return { kind: "other" };
      const { from, to } = spanOf(test.value, zoneOf(test), 0);
      // A bare date is a day of the zone here, and midnight UTC for `before` and `after`: another scale.
      return { kind: "between", scale: `instant ${zoneOf(test)}`, from, to: to - 1, isOpen: false };
    }
    default:
      return { kind: "other" };
  }
}

export function beside(op: "before" | "after", bound: number): Passing {
  return op === "before"
    ? { kind: "between", scale: "instant", from: -Infinity, to: bound - 1, isOpen: false }
    : { kind: "between", scale: "instant", from: bound + 1, to: Infinity, isOpen: false };
}

function halfLine(op: "gt" | "gte" | "lt" | "lte", bound: number): { from: number; to: number } {
  return op === "gt" || op === "gte" ? { from: bound, to: Infinity } : { from: -Infinity, to: bound };
}

/** Whether surely no value passes both. */
export function areApart(a: Passing, b: Passing): boolean {
  if (a.kind === "listed") return a.values.every((value) => passesFor(value, b) === false);
  if (b.kind === "listed") return areApart(b, a);
  if (a.kind === "text" && b.kind === "text")
    return a.op === "starts_with" && b.op === "starts_with" && !a.part.startsWith(b.part) && !b.part.startsWith(a.part);
  if (a.kind !== "between" || b.kind !== "between" || a.scale !== b.scale) return false;
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
  return from > to || (from === to && (a.isOpen || b.isOpen) && isEdge(a, b, from));
}

/** Whether a point is left out by one of two intervals that meet in it. */
function isEdge(a: Interval, b: Interval, point: number): boolean {
  return [a, b].some((one) => one.isOpen && (one.from === point || one.to === point));
}

/** Whether surely every value that passes `a` passes `b` too. */
export function isWithin(a: Passing, b: Passing): boolean {
  if (b.kind === "any") return true;
  if (a.kind === "listed") return a.values.every((value) => passesFor(value, b) === true);
  if (a.kind === "text" && b.kind === "text")
    return b.op === "contains" ? a.part.includes(b.part) : a.op === "starts_with" && a.part.startsWith(b.part);
  if (a.kind !== "between" || b.kind !== "between" || a.scale !== b.scale) return false;
  const isInside = (edge: number, bound: number) => edge !== bound || a.isOpen || !b.isOpen || !Number.isFinite(edge);
  return a.from >= b.from && a.to <= b.to && isInside(a.from, b.from) && isInside(a.to, b.to);
}

/** Whether one value passes; null when it hangs on the moment of asking. */
export function passesFor(value: Scalar, passing: Passing): boolean | null {
  switch (passing.kind) {
    case "any":
      return true;
    case "listed":
      return passing.values.includes(value);
    case "text":
      return passes([value], { op: passing.op, value: passing.part });
    case "between":
      return passing.scale === "amount" ? passesAmount(value, passing) : null;
    case "other":
      return null;
  }
}

function passesAmount(value: Scalar, { from, to, isOpen }: Interval): boolean {
  const low = from === -Infinity || passes([value], { op: isOpen ? "gt" : "gte", value: from });
  const high = to === Infinity || passes([value], { op: isOpen ? "lt" : "lte", value: to });
  return low && high;
}
