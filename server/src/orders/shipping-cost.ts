import { z } from "zod";

import { currencyCode } from "../platform/money.ts";

/** What a delivery costs; the first rule that fits an order counts, none means nothing is charged. */
export const shippingRule = z.object({
  currency: currencyCode,
  /** ISO 3166 codes; none: everywhere. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(300)
    .default([]),
  price: z.int().min(0).max(1_000_000_000),
  /** From this worth of delivered goods on it is free. */
  free_from: z.int().min(0).max(1_000_000_000_000).nullable().default(null),
});
export type ShippingRule = z.infer<typeof shippingRule>;

export interface Shipped {
  readonly currency: string;
  /** Null: not known yet. Only rules for everywhere fit. */
  readonly country: string | null;
  /** What the delivered goods cost, in minor units. */
  readonly worth: number;
}

/** Once per order, however many parcels it makes. */
export function shippingCost(rules: readonly ShippingRule[], { currency, country, worth }: Shipped): number {
  const rule = ruleFor(rules, currency, country);
  if (!rule || worth === 0) return 0;
  return rule.free_from !== null && worth >= rule.free_from ? 0 : rule.price;
}

function ruleFor(rules: readonly ShippingRule[], currency: string, country: string | null) {
  const fits = ({ countries }: ShippingRule) =>
    countries.length === 0 || (country !== null && countries.includes(country));
  return rules.find((rule) => rule.currency === currency && fits(rule));
}

/** What a checkout shows before anything is ordered. */
export function quoteShipping(
  rules: readonly ShippingRule[],
  { currency, country = null, worth }: { currency: string; country?: string | undefined | null; worth: number },
) {
  const freeFrom = ruleFor(rules, currency, country)?.free_from ?? null;
  return {
    price: { amount: shippingCost(rules, { currency, country, worth }), currency },
    free_from: freeFrom === null ? null : { amount: freeFrom, currency },
  };
}
