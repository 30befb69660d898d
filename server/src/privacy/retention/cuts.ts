import type { Retention } from "../contracts.ts";

/** The ages of the setting as moments (RFC 3339). */
export interface Cuts {
  readonly before: string;
  /** Only what was received before this has settled in History. */
  readonly settled: string;
  readonly keepOrders: boolean;
  readonly byName: readonly { readonly event: string; readonly before: string | null }[];
}

const EPOCH = "1970-01-01T00:00:00.000Z";

/** Null when nothing ever goes. */
export function cutsOf(retention: Retention, now: Temporal.Instant, rawDays: number): Cuts | null {
  const ago = (days: number) => now.subtract({ hours: 24 * days }).toString({ fractionalSecondDigits: 3 });
  const byName = retention.exceptions.map(({ event, days }) => ({ event, before: days === null ? null : ago(days) }));
  if (retention.days === null && byName.every(({ before }) => before === null)) return null;
  return {
    before: retention.days === null ? EPOCH : ago(retention.days),
    settled: ago(rawDays + 1),
    keepOrders: retention.keep_orders,
    byName,
  };
}
