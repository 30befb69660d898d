import { z } from "zod";

import { pageOf } from "../platform/pages.ts";
import { CONSENT_STATES } from "./contracts.ts";

const record = z.record(z.string(), z.unknown());

export const consentEntry = z.object({
  state: z.enum(CONSENT_STATES),
  at: z.string(),
  source: z.string(),
  wording: z.string().optional(),
});

export const profileAnswer = z.object({
  id: z.string(),
  identifiers: z.array(
    z.object({
      type: z.string(),
      value: z.string(),
      first_seen: z.string(),
      last_seen: z.string(),
      verified: z.boolean(),
      source: z.string(),
      channel: z.string(),
      bridging: z.enum(["shared", "overused"]).nullable(),
    }),
  ),
  traits: record,
  computed: record,
  consent: z.record(z.string(), z.record(z.string(), consentEntry)),
  segments: z.array(z.object({ id: z.string(), name: z.string(), entered_at: z.string() })),
  first_seen: z.string().nullable(),
  last_seen: z.string().nullable(),
  merged_from: z.array(z.string()),
});
export type ProfileAnswer = z.infer<typeof profileAnswer>;

export const timelineEvent = z.object({
  message_id: z.string(),
  type: z.string(),
  event: z.string(),
  timestamp: z.string(),
  received_at: z.string(),
  channel: z.string(),
  touchpoint: z.string().nullable(),
  properties: record,
});
export type TimelineEvent = z.infer<typeof timelineEvent>;
export const timelinePage = pageOf(timelineEvent);

export const profileListItem = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  city: z.string().nullable(),
  avatar_seed: z.string(),
  first_seen: z.string().nullable(),
  last_seen: z.string().nullable(),
  orders: z.int(),
  revenue: z.object({ amount: z.int(), currency: z.string() }).nullable(),
  channels: z.array(z.string()),
});
export type ProfileListItem = z.infer<typeof profileListItem>;

export const lookupBody = z.object({ type: z.string().min(1).max(50), value: z.string().min(1).max(500) });

/** What a shopper says of herself. */
export const shopperBody = z.object({ first_name: z.string().trim().min(1).max(100) });

export const shopperAnswer = z.object({
  profile_id: z.string(),
  email: z.string().nullable(),
  first_name: z.string().nullable(),
  language: z.string().nullable(),
  /** The store she mostly buys in, by its id or as its events name it. */
  preferred_store: z.string().nullable(),
});
