import type { ProductProblem } from "../contracts.ts";
import type { RowProblem } from "./convert-row.ts";

/** Why a row was not taken, in words. */
export const problems = {
  unreadable: "The row has another number of cells than the header, or cannot be read.",
  too_long: "The text is longer than the catalogue keeps.",
  bad_gtin: "The GTIN has a wrong length or check digit.",
  bad_url: "This is no address on the web.",
  bad_color: "A colour's hue is six hex digits, such as #b3312c.",
  bad_price: "This is no price, or it is below zero.",
  price_too_fine: "The price has more decimals than its currency.",
  other_decimal: "The price is not written with the decimal sign that was chosen.",
  bad_currency: "The currency is no code of ISO 4217.",
  two_currencies: "The price and the reduced price have different currencies.",
  bad_measure: "This is no measure or weight that can be read.",
  no_code: "The row has neither SKU nor product code.",
  no_title: "The product is new, and the row gives it no title.",
  no_price: "The variant is new, and the row gives it no price.",
  sku_elsewhere: "The SKU belongs to another product.",
  gtin_taken: "The GTIN belongs to another variant.",
  sku_repeated: "The SKU stands in an earlier row that says something else; that one stays.",
} as const;
export type ProblemCode = keyof typeof problems;

export function messageOf(code: string, firstRow: number | null = null): string {
  if (code === "sku_repeated" && firstRow !== null)
    return `The SKU stands in row ${firstRow}, which says something else; that one stays.`;
  return problems[code as ProblemCode] ?? code;
}

export function problemView({ first_row = null, ...problem }: RowProblem): ProductProblem {
  return { ...problem, message: messageOf(problem.code, first_row), first_row };
}

/** Why a picture was not taken, in words; an answer such as `answered_404` says it itself. */
const pictureProblems: Readonly<Record<string, string>> = {
  refused_address: "The address is not on the public internet.",
  bad_url: "This is no address on the web.",
  bad_photo: "It is no JPEG, PNG or WebP that can be read.",
  too_large: "It is larger than 25 MB.",
  too_many_redirects: "It leads from address to address.",
  unknown_host: "There is no such host.",
  no_connection: "The host does not answer.",
  bad_certificate: "The host's certificate is not valid.",
  timed_out: "The host took too long.",
  broken_off: "The connection broke off.",
};

export function pictureMessage(problem: string): string {
  return pictureProblems[problem] ?? problem;
}
