import type { MoneyAmount } from "../i18n/format.ts";
import { moneyOf } from "./money-of.ts";

/** Money as an object, or minor units beside a currency of the whole answer. */
export function readMoney(value: MoneyAmount | number, currency: string | null | undefined): MoneyAmount {
  return typeof value === "number" ? moneyOf(value, currency) : value;
}
