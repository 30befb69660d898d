import { z } from "zod";

import { OUTBOUND_PROBLEMS } from "../platform/outbound/problems.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";

/** What can be told. A room that has more to tell adds its names here, `noun.past_participle`, and calls `tell`. */
export const WEBHOOK_TYPES = ["segment.entered", "segment.exited"] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/** The test message; every endpoint takes it. */
export const PING = "ping";

export const MOST_ENDPOINTS = 50;
const MOST_SEGMENTS = 100;

const url = z
  .string()
  .max(2_000)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), "must be an http or https URL")
  .refine((text) => !URL.canParse(text) || new URL(text).username + new URL(text).password === "", {
    error: "must be without user and password: the receiver knows us by our signature",
  })
  .refine((text) => !text.includes("#"), "must be without a fragment");

const unique = (items: readonly string[]) => new Set(items).size === items.length;

export const endpointBody = z.object({
  url,
  description: z.string().trim().max(200).default(""),
  types: z.array(z.enum(WEBHOOK_TYPES)).min(1).refine(unique, "must name each type once"),
  /** Only of these segments; null for all, also those that are made later. */
  segment_ids: z
    .array(z.uuid())
    .min(1)
    .max(MOST_SEGMENTS)
    .refine(unique, "must name each segment once")
    .nullable()
    .default(null),
});
export type EndpointBody = z.infer<typeof endpointBody>;

export const DISABLED_REASONS = ["manual", "gone", "failing"] as const;

export const endpointView = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  types: z.array(z.string()),
  segment_ids: z.array(z.string()).nullable(),
  state: z.enum(["enabled", "disabled"]),
  disabled_reason: z.enum(DISABLED_REASONS).nullable(),
  disabled_at: z.string().nullable(),
  failing_since: z.string().nullable(),
  last_success_at: z.string().nullable(),
  /** Until when the secret before this one signs along. */
  old_secret_until: z.string().nullable(),
  /** Deliveries that wait; counted up to 10,000. */
  waiting: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type EndpointView = z.infer<typeof endpointView>;

export const endpointPage = pageOf(endpointView);
/** The only two moments in which a secret is seen. */
export const newEndpointView = endpointView.extend({ secret: z.string() });
export const secretView = z.object({ secret: z.string(), old_secret_until: z.string() });

/** May be left out: what has waited is sent then. */
export const enableBody = z.object({ waiting: z.enum(["send", "skip"]).default("send") }).nullable();
export type EnableBody = z.infer<typeof enableBody>;

export const DELIVERY_STATES = ["waiting", "sending", "delivered", "failed", "skipped"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

const tryView = z.object({
  at: z.string(),
  /** How long it took, in milliseconds. */
  ms: z.int(),
  /** What the receiver answered; null when it did not. */
  status: z.int().nullable(),
  problem: z.enum(OUTBOUND_PROBLEMS).nullable(),
  /** The beginning of the answer's body. */
  answer: z.string().nullable(),
});
export type Try = z.infer<typeof tryView>;

export const deliveryItem = z.object({
  id: z.string(),
  type: z.string(),
  profile_id: z.string().nullable(),
  /** When what is told happened. */
  happened_at: z.string(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.int(),
  /** When it is tried next; null when it is not. */
  next_at: z.string().nullable(),
  last_try: tryView.nullable(),
  settled_at: z.string().nullable(),
});
export type DeliveryItem = z.infer<typeof deliveryItem>;
export const deliveryPage = pageOf(deliveryItem);

/** With all that is known of it; `body` as it would be sent now. */
export const deliveryView = deliveryItem.omit({ last_try: true }).extend({ tries: z.array(tryView), body: z.string() });
export type DeliveryView = z.infer<typeof deliveryView>;

/** `missed`: what has failed or was skipped. */
export const DELIVERY_FILTERS = ["waiting", "delivered", "missed"] as const;
export type DeliveryFilter = (typeof DELIVERY_FILTERS)[number];
export const deliveryQuery = pageQuery.extend({ state: z.enum(DELIVERY_FILTERS).optional() });
export type DeliveryQuery = z.infer<typeof deliveryQuery>;

export const replayBody = z
  .object({
    from: z.iso.datetime({ offset: true }),
    until: z.iso.datetime({ offset: true }),
    /** Also what was delivered; otherwise only what has failed or was skipped. */
    delivered: z.boolean().default(false),
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), {
    path: ["until"],
    error: "must be after `from`",
  });
export type ReplayBody = z.infer<typeof replayBody>;
export const replayView = z.object({ queued: z.int() });

export const idParams = z.object({ id: z.uuid() });
export const deliveryParams = idParams.extend({ delivery: z.uuid() });
