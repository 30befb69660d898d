import { z } from "zod";

import { pageOf, pageQuery } from "../platform/pages.ts";

export const MODES = ["off", "warn", "block"] as const;
export const UNPLANNED = ["allow", "warn", "block"] as const;

export const eventName = z.string().trim().min(1).max(250);

export const planRules = z.object({ unplanned: z.enum(UNPLANNED) });
export type PlanRules = z.infer<typeof planRules>;

const jsonSchema = z.record(z.string(), z.unknown());
export type JsonSchema = z.infer<typeof jsonSchema>;

export const plannedInput = z.object({
  mode: z.enum(MODES),
  /** JSON Schema, draft 2020-12, of the event's properties; for Identify and Group of its traits. */
  schema: jsonSchema,
  /** The version that was read; another one in between is a conflict. */
  base_version: z.int().min(0).optional(),
});
export type PlannedInput = z.infer<typeof plannedInput>;

const violation = z.object({
  /** Dotted path into the event, as in `properties.products[].price`. */
  path: z.string(),
  /** The word of JSON Schema that was broken, or `unplanned`. */
  rule: z.string(),
  message: z.string(),
  n: z.int(),
  /** How many of them were refused. */
  blocked: z.int(),
  source: z.string(),
  /** The newest example. */
  message_id: z.string(),
  last_at: z.string(),
  days: z.array(z.object({ day: z.string(), n: z.int() })),
});

export const plannedEvent = z.object({
  name: z.string(),
  mode: z.enum(MODES),
  schema: jsonSchema,
  version: z.int(),
  updated_at: z.string(),
  updated_by: z.string(),
  archived_at: z.string().nullable(),
});
export type PlannedEvent = z.infer<typeof plannedEvent>;

/** One event's page: its plan if it has one, and what was found in the last thirty days. */
export const eventPlan = z.object({
  name: z.string(),
  plan: plannedEvent.nullable(),
  versions: z.array(z.object({ version: z.int(), mode: z.enum(MODES), at: z.string(), author: z.string() })),
  violations: z.array(violation),
  is_standard: z.boolean(),
});
export type EventPlan = z.infer<typeof eventPlan>;

export const planItem = z.object({
  name: z.string(),
  mode: z.enum(MODES).nullable(),
  is_standard: z.boolean(),
  /** In the last thirty days; null when History cannot be reached. */
  seen: z.int().nullable(),
  last_seen: z.string().nullable(),
  violations: z.int(),
});
export type PlanItem = z.infer<typeof planItem>;

export const planQuery = pageQuery.extend({
  q: z.string().trim().max(250).optional(),
  show: z.enum(["planned", "unplanned"]).optional(),
});
export type PlanQuery = z.infer<typeof planQuery>;

export const planPage = pageOf(planItem);

export const suggestionQuery = z.object({ from: z.enum(["seen", "standard"]) });
export type SuggestionFrom = z.infer<typeof suggestionQuery>["from"];

export const suggestion = z.object({
  schema: jsonSchema,
  /** How many events it was made from; 0 for the standard. */
  samples: z.int(),
});
export type Suggestion = z.infer<typeof suggestion>;

export const trialInput = z.object({ schema: jsonSchema });

export const trial = z.object({
  checked: z.int(),
  broken: z.int(),
  faults: z.array(
    z.object({ path: z.string(), rule: z.string(), message: z.string(), n: z.int(), message_id: z.string() }),
  ),
});
export type Trial = z.infer<typeof trial>;
