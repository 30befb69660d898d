import { minorDigits, money, toMajor } from "../../platform/money.ts";

/** `{ amount: 129900, currency: "TRY" }` as people write it in `language`; anything else gives an empty text. */
export function formatMoney(value: unknown, language: string): string {
  const parsed = money.safeParse(value);
  if (!parsed.success) return "";
  const { amount, currency } = parsed.data;
  const digits = minorDigits(currency);
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay: "stripIfInteger",
  }).format(toMajor(amount, currency));
}
