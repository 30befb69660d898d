import type { TillSale } from "../../../server/src/orders/contracts.ts";

export type Tender = Exclude<TillSale["payment"], string>[number];
export type Method = Tender["method"];

/** As many as one sale may be paid with. */
export const MOST_TENDERS = 5;

export function leftOf(total: number, paid: readonly Tender[]): number {
  return paid.reduce((left, { amount }) => left - amount, total);
}

/** What somebody gives now pays as much as is still open; only of cash more may be given, and it is the change. */
export function takeTender(
  total: number,
  paid: readonly Tender[],
  given: Tender,
): { readonly paid: readonly Tender[]; readonly change: number } | null {
  const left = leftOf(total, paid);
  if (given.amount > left && given.method !== "cash") return null;
  if (given.amount <= 0 && left > 0) return null;
  const amount = Math.min(given.amount, left);
  return { paid: amount > 0 ? [...paid, { ...given, amount }] : paid, change: given.amount - amount };
}
