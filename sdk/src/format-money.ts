import type { Money } from "./shapes.ts";

const WITHOUT_MINOR = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const WITH_THREE = "BHD IQD JOD KWD LYD OMR TND";

/** Digits after the point in Kilim's minor units; `Intl` answers otherwise for some (HUF, IDR). */
export function minorDigits(currency: string): number {
  return WITHOUT_MINOR.includes(currency) ? 0 : WITH_THREE.includes(currency) ? 3 : 2;
}

/** 129900 EUR as `€1,299.00` or `1.299,00 €`; whole amounts lose their zeros when `isShort`. */
export function formatMoney(money: Money, language: string, isShort = false): string {
  const digits = minorDigits(money.currency);
  const major = money.amount / 10 ** digits;
  const shown = isShort && Number.isInteger(major) ? 0 : digits;
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency: money.currency,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(major);
}

/** The decimal that events carry by Segment's spec: 1299 EUR is 12.99. */
export function decimal(money: Money): number {
  return money.amount / 10 ** minorDigits(money.currency);
}
