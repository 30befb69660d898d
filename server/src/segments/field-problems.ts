import type { z } from "zod";

import type { FieldError } from "../platform/errors.ts";

/**
 * What can be wrong at one place of a definition. The codes are stable: screens say them in the reader's language; the
 * words here are for whoever reads the answer itself.
 */
export const FIELD_PROBLEMS = {
  too_deep: "nested more than 20 levels deep",
  too_many_conditions: "more than 500 conditions",
  not_an_object: "a condition is an object",
  group_not_alone: "a group stands alone",
  empty_group: "a list of at least one condition",
  unknown_condition: "unknown condition",
  bad_text: "text without NUL, in valid Unicode",
  bad_path: "a name, or names joined by dots",
  bad_duration: "a duration such as P30D, PT2H or P1DT12H",
  no_fixed_length: "months and years have no fixed length here: give days, e.g. P30D",
  empty_window: "a window of no length contains nothing",
  window_too_long: "at most ten years (P3660D)",
  anniversary_too_far: "at most P365D",
  bad_date: "a date (2026-03-01) or an instant (2026-03-01T09:00:00Z)",
  bad_zone: "a time zone such as Europe/Istanbul",
  ends_before_it_begins: "ends before it begins",
  one_measure: "only one of count, sum, first, last",
  one_window: "only one of within, during",
  window_beside_edge: "first and last look at the whole history: put the window into their own value",
  zone_alone: "only beside during",
  first_step_without: "nothing comes before the first step",
  list_gone: "there is no such list (any more)",
  segment_gone: "there is no such segment (any more)",
  contains_itself: "a segment cannot contain itself",
  not_there: "what it names is not there (any more)",
  too_large_inside: "with its inner segments it has more than 5000 conditions",
} as const;
export type FieldCode = keyof typeof FIELD_PROBLEMS;

/** Those and what the schemas' own checks find. */
export type ToldCode =
  | FieldCode
  | "too_small"
  | "not_above"
  | "too_big"
  | "too_short"
  | "too_long"
  | "empty"
  | "unknown_operator"
  | "unknown_field"
  | "wrong_value";

/** For a `refine` of a schema. */
export function problem(code: FieldCode, path: (string | number)[] = []) {
  return { error: FIELD_PROBLEMS[code], params: { code }, path };
}

/** For an issue that a schema adds. */
export function said(code: FieldCode) {
  return { message: FIELD_PROBLEMS[code], params: { code } };
}

export function fieldError(code: FieldCode, path: string): FieldError {
  return { path, message: FIELD_PROBLEMS[code], code };
}

/** What zod found, with a stable code. */
export function fieldErrorOf(issue: z.core.$ZodIssue, path: string): FieldError {
  const code = codeOf(issue, path);
  const limit = issue.code === "too_big" ? issue.maximum : issue.code === "too_small" ? issue.minimum : undefined;
  return { path, message: issue.message, code, ...(limit === undefined ? {} : { limit: Number(limit) }) };
}

function codeOf(issue: z.core.$ZodIssue, path: string): ToldCode {
  switch (issue.code) {
    case "custom":
      return (issue.params?.code as FieldCode | undefined) ?? "wrong_value";
    case "too_big":
      return isOfNumber(issue) ? "too_big" : "too_long";
    case "too_small":
      if (isOfNumber(issue)) return issue.inclusive ? "too_small" : "not_above";
      return Number(issue.minimum) === 1 ? "empty" : "too_short";
    case "invalid_union":
      return path.endsWith(".op") ? "unknown_operator" : "wrong_value";
    case "unrecognized_keys":
      return "unknown_field";
    default:
      // A value of another type, not among the words known, not an id.
      return "wrong_value";
  }
}

function isOfNumber({ origin }: { readonly origin: string }): boolean {
  return origin === "number" || origin === "int";
}
