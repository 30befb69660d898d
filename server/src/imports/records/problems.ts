import { type EventErrorCode, eventErrors } from "../../collect/index.ts";

/** Why a row was not taken, or not as it stands; the sentence goes into the file of errors. */
export const rowProblems = {
  row_too_long: "The row is longer than 1 MB.",
  quote_not_closed: "A quoted cell is opened and never closed.",
  quote_misplaced: "Text stands behind a closing quote.",
  not_utf8: "The row holds bytes that are no UTF-8.",
  too_few_cells: "The row has fewer cells than the header.",
  too_many_cells: "The row has more cells than the header.",
  not_json: "The line is not valid JSON.",
  not_an_object: "The line is JSON, but no object.",
  nobody: "The row names nobody: every column that says who it is is empty or not usable.",
  value_missing: "A needed value is empty.",
  not_an_email: "The value is no e-mail address.",
  not_a_time: "The value is no date or time in the chosen format.",
  in_future: "The time lies in the future.",
  not_a_number: "The value is no number with the chosen decimal sign.",
  not_a_flag: "The value is neither yes nor no.",
  not_a_currency: "The value is no ISO 4217 code of three letters.",
  not_a_type: "The type is none of track, identify, page, screen, group.",
  not_products: "The value is no list of products.",
  order_too_long: "One order has more than 5,000 rows.",
  order_incomplete: "Another row of this order cannot be read, so none of it was taken.",
  changed_before: "It was imported before with other content; what was taken in first stays.",
  scattered: "Its rows stand in several places of this file. Sort the file by the order's number.",
  key_twice: "The same number stands in this file before with other content; the first was taken.",
} as const;
export type RowProblemCode = keyof typeof rowProblems | EventErrorCode;

export interface RowProblem {
  readonly row: number;
  readonly column: string | null;
  readonly code: RowProblemCode;
  /** The row as it stands in the file, at most its beginning. */
  readonly text: string;
}

export function messageOf(code: string): string {
  if (Object.hasOwn(rowProblems, code)) return rowProblems[code as keyof typeof rowProblems];
  return Object.hasOwn(eventErrors, code) ? eventErrors[code as EventErrorCode] : code;
}
