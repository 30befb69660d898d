/** Money of the file in millionths of its currency: prices there have up to three decimals, and sums must be exact. */
export type Micro = number;

export const MICRO = 1_000_000;
const PRICE = /^-?\d{1,8}(\.\d{1,6})?$/;

/** `"2.55"` → 2550000; null when it is no price. */
export function toMicro(text: string): Micro | null {
  return PRICE.test(text) ? Math.round(Number(text) * MICRO) : null;
}

/** Rounded to cents, as events carry it. */
export function toMajorUnits(micro: Micro): number {
  return Math.round(micro / 10_000) / 100;
}
