import { z } from "zod";

import { pageOf } from "../platform/pages.ts";

const ref = z.string().min(1).max(600);
const reason = z.string().trim().min(1).max(500);

export const mergeBody = z.object({
  into: ref.describe("Who lives on: an id or `type:value`."),
  from: ref.describe("Whose everything becomes hers."),
  reason,
});
export type MergeBody = z.infer<typeof mergeBody>;

/** What would have kept events from joining these two. */
const unusual = z.object({
  rule: z.enum(["limit", "verified_conflict", "separated"]),
  type: z.string().nullable(),
  count: z.int().nullable(),
  limit: z.int().nullable(),
});
export type Unusual = z.infer<typeof unusual>;

export const mergeAnswer = z.object({ profile_id: z.string(), from: z.string(), unusual: z.array(unusual) });
export type MergeAnswer = z.infer<typeof mergeAnswer>;

export const unmergeBody = z.object({
  profile: ref.describe("The person who lived on."),
  from: z.uuid().describe("The id that was merged into hers."),
  reason: reason.default("separated by hand"),
});
export type UnmergeBody = z.infer<typeof unmergeBody>;

export const unmergeAnswer = z.object({
  profile_id: z.string(),
  separated: z.string(),
  /** What the separated person has got back. */
  identifiers: z.int(),
  events: z.int(),
  /** How many of these events came in while both were one person. */
  events_since: z.int(),
});
export type UnmergeAnswer = z.infer<typeof unmergeAnswer>;

const identifier = z.object({ type: z.string(), value: z.string() });

export const mergeEntry = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum(["merge", "separate", "allow"]),
  into: z.string(),
  from: z.string(),
  reason: z.string(),
  actor: z.string().describe("`pipeline` for what events led to, else who did it."),
  identifiers: z.array(identifier).describe("Those of the event that led to it; empty for what was done by hand."),
  can_separate: z.boolean(),
});
export type MergeEntry = z.infer<typeof mergeEntry>;
export const mergesPage = pageOf(mergeEntry);

export const separation = z.object({ profile_id: z.string(), name: z.string().nullable(), since: z.string() });
export type Separation = z.infer<typeof separation>;
export const separationsAnswer = z.object({ items: z.array(separation) });

export const allowBody = z.object({ profile: ref, other: ref, reason: reason.default("allowed by hand") });
export type AllowBody = z.infer<typeof allowBody>;
export const allowAnswer = z.object({ allowed: z.literal(true) });
