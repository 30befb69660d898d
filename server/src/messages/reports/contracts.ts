import { z } from "zod";

import { money } from "../../platform/money.ts";

/** What came of messages. Each is a number of messages, and each message counts in each at most once. */
export const outcomes = z.object({
  /** A provider has taken it. */
  sent: z.int(),
  /** Its provider says that it has arrived; providers that do not tell (SMTP) leave it at 0. */
  delivered: z.int(),
  /** Opened by a person: scanners and mail programs that fetch ahead do not count. */
  opened: z.int(),
  /** Any of its links was followed by a person. */
  clicked: z.int(),
  /** An order followed within five days, and no later message was clicked before it. */
  converted: z.int(),
  /** What those orders came to. */
  revenue: z.array(money),
  /** Its link took the consent back. */
  unsubscribed: z.int(),
  bounced: z.int(),
  complained: z.int(),
  failed: z.int(),
  skipped: z.int(),
});
export type Outcomes = z.infer<typeof outcomes>;

export const broadcastReport = z.object({
  variants: z.array(outcomes.extend({ variant: z.string() })),
  skipped: z.array(z.object({ reason: z.string(), messages: z.int() })),
  links: z.array(z.object({ url: z.string(), messages: z.int(), clicks: z.int() })),
  held_out: z.object({ people: z.int(), converted: z.int(), revenue: z.array(money) }),
});
export type BroadcastReport = z.infer<typeof broadcastReport>;

export const REPORT_BY = ["channel", "template", "broadcast", "variant", "journey", "link", "day"] as const;
export type ReportBy = (typeof REPORT_BY)[number];

export const reportQuery = z.object({
  by: z.enum(REPORT_BY).default("channel"),
  /** So many days until `to`. */
  days: z.coerce.number().int().min(1).max(366).default(30),
  /** Messages made from then on (RFC 3339), instead of `days`. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  channel: z.string().max(20).optional(),
  template: z.uuid().optional(),
  broadcast: z.uuid().optional(),
  journey: z.uuid().optional(),
});
export type ReportQuery = z.infer<typeof reportQuery>;

/** `cost`: those sent, at what a message of their channel costs now; in the currency it is stated in, none converted. */
const costed = outcomes.extend({ cost: z.array(money) });
export type CostedOutcomes = z.infer<typeof costed>;

export const reportView = z.object({
  from: z.string(),
  to: z.string(),
  total: costed,
  /** The same over the time of the same length before. */
  former: costed,
  /** Why people got nothing, the commonest first. */
  skipped: z.array(z.object({ reason: z.string(), messages: z.int() })),
  /** At most 500, those with most messages first; days in their order. */
  rows: z.array(z.object({ key: z.string(), name: z.string().nullable(), now: costed, former: costed })),
});
export type ReportView = z.infer<typeof reportView>;
