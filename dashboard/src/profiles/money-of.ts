import type { MoneyAmount } from "../i18n/format.ts";

/** Where nothing was ever bought there is no currency either: a zero is shown in the house's own. */
export function moneyOf(amount: number, currency: string | null | undefined): MoneyAmount {
  return { amount, currency: currency ?? "EUR" };
}
