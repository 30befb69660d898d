import { z } from "zod";

import { pageOf, pageQuery } from "../../platform/pages.ts";

export const BROADCAST_STATES = [
  "draft",
  "scheduled",
  "gathering",
  "sending",
  "testing",
  "paused",
  "done",
  "cancelled",
] as const;
export type BroadcastState = (typeof BROADCAST_STATES)[number];

const id = z.uuid();
const time = z.string();
const duration = z.string().regex(/^P(\d+D|T\d+[HM])$/, "days, hours or minutes, as in P1D, PT4H or PT30M");
const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "a date and time without zone, as in 2026-12-01T09:00");

export const audience = z.union([z.strictObject({ segment_id: id }), z.strictObject({ list_id: id })]);
export type Audience = z.infer<typeof audience>;

export const schedule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("now") }),
  z.strictObject({ kind: z.literal("at"), at: z.iso.datetime() }),
  /** At this hour wherever each person is; whose hour has passed when it begins gets it at once. */
  z.strictObject({ kind: z.literal("local"), at: localTime }),
]);
export type Schedule = z.infer<typeof schedule>;

export const variant = z.strictObject({
  key: z.string().regex(/^[A-Za-z0-9_-]{1,20}$/, "letters, digits, _ and -, at most 20"),
  template_id: id,
  /** Its part of those who get something, beside the others' parts. */
  share: z.number().positive().max(1000).default(1),
});
export type Variant = z.infer<typeof variant>;

export const MEASURES = ["opened", "clicked", "converted"] as const;

export const winnerRule = z.strictObject({
  /** The part of the audience on which the variants are tried; the rest gets the winner. */
  test_share: z.number().min(0.01).max(0.9),
  measure: z.enum(MEASURES).default("clicked"),
  /** With a confidence, the latest; else the time at which the best one wins, however small its lead. */
  after: duration,
  confidence: z.number().min(0.8).max(0.999).optional(),
});
export type WinnerRule = z.infer<typeof winnerRule>;

export const broadcastBody = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    audience,
    variants: z.array(variant).min(1).max(8),
    holdout: z.number().min(0).max(0.5).default(0),
    winner: winnerRule.nullish(),
    schedule: schedule.default({ kind: "now" }),
    /** At most so many messages a minute; null for as fast as the provider takes them. */
    per_minute: z.int().min(1).max(1_000_000).nullish(),
  })
  .refine(({ variants }) => new Set(variants.map(({ key }) => key)).size === variants.length, {
    path: ["variants"],
    message: "each variant needs a key of its own",
  })
  .refine(({ variants, winner }) => !winner || variants.length > 1, {
    path: ["winner"],
    message: "a winner needs two variants or more",
  });
export type BroadcastBody = z.infer<typeof broadcastBody>;

const progress = z.object({
  /** People of the audience, those held out included. */
  audience: z.int(),
  /** Whose turn has not come. */
  waiting: z.int(),
  held_out: z.int(),
  queued: z.int(),
  sent: z.int(),
  skipped: z.int(),
  failed: z.int(),
});

export const broadcastView = z.object({
  id,
  name: z.string(),
  channel: z.string(),
  audience,
  audience_name: z.string().nullable(),
  variants: z.array(variant.extend({ template_name: z.string().nullable() })),
  holdout: z.number(),
  winner_rule: winnerRule.nullable(),
  schedule,
  per_minute: z.int().nullable(),
  state: z.enum(BROADCAST_STATES),
  winner: z.string().nullable(),
  /** `time`, `confidence`, `chosen` by hand, or `time_without_confidence`. */
  winner_reason: z.string().nullable(),
  /** While its variants are tried: when the winner is chosen at the latest. */
  decides_at: time.nullable(),
  problem: z.string().nullable(),
  progress,
  launched_at: time.nullable(),
  started_at: time.nullable(),
  ended_at: time.nullable(),
  created_at: time,
  updated_at: time,
});
export type BroadcastView = z.infer<typeof broadcastView>;
export const broadcastPage = pageOf(broadcastView);
export const broadcastQuery = pageQuery.extend({ state: z.enum(BROADCAST_STATES).optional() });

export const audienceBody = z.strictObject({ audience });
export const audienceView = z.object({
  size: z.int(),
  /** Some of them, to look at the message as they would get it. */
  sample: z.array(z.object({ id, name: z.string() })),
});
export type AudienceView = z.infer<typeof audienceView>;

export const pickBody = z.strictObject({ variant: z.string().min(1).max(20) });
