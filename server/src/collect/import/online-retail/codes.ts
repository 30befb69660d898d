/** What a stock code stands for. Only goods, items keyed by hand and discounts make an order's revenue. */
export type CodeKind = "goods" | "by-hand" | "discount" | "shipping" | "voucher" | "fee" | "bad-debt";

const KINDS: Readonly<Record<string, CodeKind>> = {
  POST: "shipping",
  DOT: "shipping",
  C2: "shipping",
  C3: "shipping",
  D: "discount",
  M: "by-hand",
  S: "fee",
  "BANK CHARGES": "fee",
  AMAZONFEE: "fee",
  CRUK: "fee",
  B: "bad-debt",
};

/** Codes that differ only in case are one code; whatever is not known as something else is goods. */
export function kindOf(code: string): CodeKind {
  const upper = code.toUpperCase();
  if (upper.startsWith("GIFT_")) return "voucher";
  return Object.hasOwn(KINDS, upper) ? (KINDS[upper] ?? "goods") : "goods";
}
