import { minorDigits } from "../platform/money.ts";
import type { ReachSettings } from "./contracts.ts";

/** What one message costs, as its provider bills it: minor units, or parts of one. */
export interface MessageCost {
  readonly amount: number;
  readonly currency: string;
}

/** By channel, in the currency each is stated in; free ones are left out. */
export function messageCosts({ channels, currency: own }: ReachSettings): Map<string, MessageCost> {
  return new Map(
    Object.entries(channels).flatMap(([channel, { cost, currency = own }]) =>
      cost > 0 ? [[channel, { amount: cost, currency }] as const] : [],
    ),
  );
}

/** The same in minor units of the currency of `worth`, so that it can be weighed against it. */
export function costInWorth(settings: ReachSettings, channel: string): number {
  const { currency: own, rates, channels } = settings;
  const { cost = 0, currency = own } = channels[channel] ?? {};
  if (cost === 0 || currency === own) return cost;
  return (cost / 10 ** minorDigits(currency)) * (rates[currency] ?? 1) * 10 ** minorDigits(own);
}
