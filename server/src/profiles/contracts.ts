import { z } from "zod";

import type { KilimEvent } from "../collect/contracts.ts";
import type { Json, JsonObject } from "../platform/json.ts";

/** What State computes by itself from a person's events; `revenue` and `value` in major units per event standard. */
export interface Computed {
  readonly first_order_at: string | null;
  readonly last_order_at: string | null;
  readonly orders: number;
  /** Sum of the orders' revenue less refunds, in minor units of `currency`. */
  readonly revenue: number;
  readonly currency: string | null;
  /** Events, orders and revenue (minor units) per channel. */
  readonly channels: Readonly<Record<string, ChannelCounts>>;
  /** On how many channels the person has ordered. */
  readonly order_channels: number;
  readonly preferred_channel: string | null;
  readonly preferred_store: string | null;
  readonly last_category: string | null;
  /** Where a device of theirs was last, by its own clock's zone. */
  readonly time_zone: string | null;
  /** Product ids, newest first, at most 12. */
  readonly recently_viewed: readonly string[];
  readonly sizes: Readonly<Record<string, string>>;
  readonly cart: { readonly items: number; readonly value: number; readonly updated_at: string | null };
  /** What stands on all wish and shopping lists, not paid yet. */
  readonly lists: { readonly items: number; readonly value: number; readonly updated_at: string | null };
  readonly devices: number;
  readonly events: number;
}

export interface ChannelCounts {
  readonly events: number;
  readonly orders: number;
  readonly revenue: number;
  readonly last_at: string;
}

export const CONSENT_STATES = ["granted", "denied"] as const;

export interface ConsentEntry {
  readonly state: (typeof CONSENT_STATES)[number];
  readonly at: string;
  readonly source: string;
  readonly wording?: string;
}

/** channel → purpose → the newest explicit choice (ties deny). */
export type Consent = Readonly<Record<string, Readonly<Record<string, ConsentEntry>>>>;

/** One person as State holds them after the fold. */
export interface Profile {
  readonly id: string;
  readonly traits: JsonObject;
  readonly computed: Computed;
  readonly consent: Consent;
  readonly first_seen: string;
  readonly last_seen: string;
}

export interface FoldedEvent {
  readonly event: KilimEvent;
  readonly profileId: string;
}

/** What one transaction of the pipeline has worked in; the rooms downstream fold it further. */
export interface Batch {
  readonly now: Temporal.Instant;
  /** Only new ones, in order of arrival. */
  readonly events: readonly FoldedEvent[];
  /** State after the fold of every profile an event or a merge has touched. */
  readonly profiles: ReadonlyMap<string, Profile>;
  /** profile id → what changed: "trait:city", "computed:cart", "consent:email", "identifiers"; "*" after a merge. */
  readonly changed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly merges: readonly Merge[];
}

export interface Merge {
  readonly from: string;
  readonly into: string;
}

export const consentChange = z.object({
  channel: z.string().min(1).max(20),
  purpose: z.string().min(1).max(40).default("marketing"),
  state: z.enum(CONSENT_STATES),
  source: z.string().max(100).default("api"),
  wording: z.string().max(2000).optional(),
});
export type ConsentChange = z.infer<typeof consentChange>;

export type { Json };

export const EVIDENCE = [
  "same_name_birthday",
  "same_name_address",
  "same_email",
  "same_phone",
  "email_typo",
  "same_name",
  "other_name",
  "other_birthday",
] as const;
export type Evidence = (typeof EVIDENCE)[number];

const alike = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  birthday: z.string().nullable(),
  city: z.string().nullable(),
  address: z.string().nullable(),
  identifiers: z.array(z.object({ type: z.string(), value: z.string(), verified: z.boolean() })),
  orders: z.int(),
  first_seen: z.string().nullable(),
  last_seen: z.string().nullable(),
});

/** Two people who may be one. */
export const duplicate = z.object({
  id: z.string(),
  /** 50 to 99: how much speaks for it. */
  score: z.int(),
  evidence: z.array(z.enum(EVIDENCE)),
  state: z.enum(["open", "dismissed"]),
  found_at: z.string(),
  decided_at: z.string().nullable(),
  decided_by: z.string().nullable(),
  a: alike,
  b: alike,
});
export type Duplicate = z.infer<typeof duplicate>;
