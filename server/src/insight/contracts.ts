import { z } from "zod";

import { evaluation } from "../experiments/contracts.ts";
import { currencyCode, money } from "../platform/money.ts";

export const overviewQuery = z.object({
  /** The last so many days; absent: everything there is. */
  days: z.coerce.number().int().min(1).max(36_500).optional(),
  /** The currency of orders and revenue; absent: the one most orders of the period are in. */
  currency: currencyCode.optional(),
});
export type OverviewQuery = z.infer<typeof overviewQuery>;

const month = z.string().regex(/^\d{4}-\d{2}$/);
const time = z.string();

/** Revenue is what was sold less what was given back, each in the month it happened; minor units of `currency`. */
const monthRow = z.object({
  month,
  /** Of the currency. */
  orders: z.int(),
  revenue: z.int(),
  /** Who bought in it. */
  buyers: z.int(),
  /** Orders of guests: each is a buyer of its own where nothing tells who it was. */
  guest_orders: z.int(),
  /** Who did anything at all, in any currency or none. */
  people: z.int(),
  events: z.int(),
});

const channelRow = z.object({
  channel: z.string(),
  events: z.int(),
  people: z.int(),
  orders: z.int(),
  revenue: z.int(),
});

export const overview = z.object({
  from: time.nullable(),
  to: time,
  events: z.int(),
  /** People who did anything in the period. */
  profiles: z.int(),
  /** Whether there is any event at all, however old. */
  has_events: z.boolean(),
  orders: z.int(),
  revenue: money,
  /** Every currency of the period, the one with most orders first. */
  currencies: z.array(z.object({ currency: z.string(), orders: z.int(), revenue: z.int() })),
  by_channel: z.array(channelRow),
  by_month: z.array(monthRow),
  recent: z.array(
    z.object({
      message_id: z.string(),
      event: z.string(),
      timestamp: time,
      channel: z.string(),
      profile_id: z.string().nullable(),
      profile_name: z.string().nullable(),
    }),
  ),
});
export type Overview = z.infer<typeof overview>;

export const eventCountsQuery = z.object({
  days: z.coerce.number().int().min(1).max(36_500).optional(),
  channel: z.string().min(1).max(20).optional(),
});
export type EventCountsQuery = z.infer<typeof eventCountsQuery>;

export const eventCounts = z.object({
  total: z.int(),
  items: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      count: z.int(),
      people: z.int(),
      first_at: time,
      last_at: time,
    }),
  ),
});
export type EventCounts = z.infer<typeof eventCounts>;

/** Of people who were known before `since`, what each of the two groups has bought since; minor units of `currency`. */
export const holdoutResults = z.object({
  share: z.number(),
  since: z.string().nullable(),
  currency: currencyCode,
  arms: z.array(
    z.object({ id: z.enum(["held_out", "marketing"]), people: z.int(), buyers: z.int(), revenue: z.number() }),
  ),
  /** `held_out` is the control; null while nobody is held out. */
  evaluation: evaluation.nullable(),
});
export type HoldoutResults = z.infer<typeof holdoutResults>;
