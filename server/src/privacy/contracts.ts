import { z } from "zod";

import { pageOf } from "../platform/pages.ts";

const time = z.string();
const counts = z.record(z.string(), z.number());

export const ERASURE_STATES = ["waiting", "erasing", "done"] as const;

export const storeReceipt = z.object({
  store: z.string(),
  status: z.enum(["waiting", "done"]),
  /** Rows that are gone, by kind. */
  removed: counts,
  /** Rows that stay without anything personal in them, by kind. */
  kept: counts,
  at: time.nullable(),
});

/** What was done, where and when. It names nobody. */
export const receipt = z.object({
  id: z.string(),
  state: z.enum(ERASURE_STATES),
  suppress: z.boolean(),
  requested_at: time,
  requested_by: z.string(),
  finished_at: time.nullable(),
  /** When every store was looked at a second time, for what was in somebody's hands the first time. */
  checked_at: time.nullable(),
  /** The store that cannot be reached just now; it is tried again. */
  problem: z.string().nullable(),
  stores: z.array(storeReceipt),
});
export type Receipt = z.infer<typeof receipt>;
export const receiptPage = pageOf(receipt);

export const identifierBody = z.strictObject({
  type: z.string().min(1).max(60),
  value: z.string().min(1).max(500),
});

/** Identifiers by type: how many of each are kept out. */
export const suppressedPerson = z.object({ id: z.string(), since: time, identifiers: counts });
export const suppressedPage = pageOf(suppressedPerson).extend({
  /** Events of suppressed people that were dropped so far. */
  dropped_events: z.number(),
});
export const lookupAnswer = z.object({ person: suppressedPerson.nullable() });

export const MOST_DAYS = 36_500;
const days = z.int().min(1).max(MOST_DAYS);

export const retentionBody = z.strictObject({
  /** Events that happened longer ago are removed from History; null keeps them. */
  days: days.nullable(),
  /** Order events stay, whatever their age. */
  keep_orders: z.boolean().default(true),
  /** Event names with an age of their own; null keeps them for ever. */
  exceptions: z
    .array(z.strictObject({ event: z.string().min(1).max(250), days: days.nullable() }))
    .max(100)
    .default([]),
});
export type Retention = z.infer<typeof retentionBody>;

export const retentionView = retentionBody.extend({ updated_at: time.nullable() });
export const retentionPreview = z.object({ events: z.number(), of: z.number(), oldest: time.nullable() });
export const retentionRuns = pageOf(
  z.object({
    id: z.string(),
    began_at: time,
    finished_at: time.nullable(),
    /** Events that were removed, and whole months dropped at once among them. */
    events: z.number(),
    months: z.number(),
    problem: z.string().nullable(),
  }),
);

/** As the screens read them. */
export type RetentionView = z.infer<typeof retentionView>;
export type RetentionPreview = z.infer<typeof retentionPreview>;
export type RetentionRun = z.infer<typeof retentionRuns>["items"][number];
export type SuppressedPage = z.infer<typeof suppressedPage>;
export type Lookup = z.infer<typeof lookupAnswer>;
