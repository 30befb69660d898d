import { z } from "zod";

import { pageOf, pageQuery } from "../platform/pages.ts";

export const OUTCOMES = ["accepted", "rejected", "quarantined"] as const;

/** Where an event is: accepted and waiting, worked in, set aside; refused by itself, or with its whole request. */
export const EVENT_STATES = ["waiting", "worked_in", "quarantined", "rejected", "refused"] as const;

const word = z.string().trim().min(1).max(250);

export const streamQuery = pageQuery.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  outcome: z.enum(OUTCOMES).optional(),
  /** The id of the key it came in by, or the room that wrote it. */
  source: word.optional(),
  type: z.enum(["track", "identify", "page", "screen", "group", "alias"]).optional(),
  /** A part of the event's name, in any case. */
  name: word.optional(),
  /** A user id, anonymous id, message id, e-mail or phone. */
  identifier: z.string().trim().min(1).max(500).optional(),
});
export type StreamQuery = z.infer<typeof streamQuery>;

export const streamItem = z.object({
  id: z.string(),
  state: z.enum(EVENT_STATES),
  received_at: z.string(),
  /** When it happened; null for what was refused. */
  timestamp: z.string().nullable(),
  /** "" when no key was known. */
  source: z.string(),
  source_name: z.string().nullable(),
  type: z.string().nullable(),
  name: z.string().nullable(),
  channel: z.string().nullable(),
  user_id: z.string().nullable(),
  anonymous_id: z.string().nullable(),
  message_id: z.string().nullable(),
  profile_id: z.string().nullable(),
  profile_name: z.string().nullable(),
  /** By its user agent a bot or scanner: of nobody, and in no figure. */
  is_bot: z.boolean(),
  /** Why it was refused or set aside. */
  code: z.string().nullable(),
  reason: z.string().nullable(),
  /** Which part of it is at fault, and what was there (JSON, cut). */
  field: z.string().nullable(),
  value: z.string().nullable(),
});
export type StreamItem = z.infer<typeof streamItem>;

export const stream = pageOf(streamItem).extend({
  /** false: History cannot be reached, older events are missing. */
  is_complete: z.boolean(),
});
export type Stream = z.infer<typeof stream>;

export const eventDetail = streamItem.extend({
  /** What the sender can do about a refusal. */
  remedy: z.string().nullable(),
  /** As it lies here; of what was refused, as it came. null when it is no JSON (`raw`) or was not kept. */
  event: z.unknown(),
  /** Parts of it were too large or deep to keep. */
  is_cut: z.boolean(),
  /** Base64 of what no JSON column takes. */
  raw: z.string().nullable(),
  /** The first characters of a key that nobody knows. */
  key_hint: z.string().nullable(),
  quarantine_id: z.string().nullable(),
  /** Set aside on the way in: it can be sent again. */
  can_retry: z.boolean(),
});
export type EventDetail = z.infer<typeof eventDetail>;

export const healthQuery = z.object({ hours: z.coerce.number().int().min(1).max(744).default(24) });

export const doorHealth = z.object({
  since: z.string(),
  accepted: z.int(),
  rejected: z.int(),
  sources: z.array(
    z.object({
      source: z.string(),
      source_name: z.string().nullable(),
      accepted: z.int(),
      rejected: z.int(),
      codes: z.array(z.object({ code: z.string(), n: z.int() })),
    }),
  ),
});
export type DoorHealth = z.infer<typeof doorHealth>;
