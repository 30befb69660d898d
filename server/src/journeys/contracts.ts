import { z } from "zod";

import { pageOf, pageQuery } from "../platform/pages.ts";
import { leafSchemas, type PropertyTest } from "../segments/contracts.ts";

export const MAX_NODES = 200;

export const JOURNEY_STATUSES = ["draft", "live", "paused", "archived"] as const;
export type JourneyStatus = (typeof JOURNEY_STATUSES)[number];

const MAX_DURATION_S = 366 * 86_400;

/** Weeks, days and smaller: how long a month is depends on where one stands, and waits are counted in hours. */
const duration = z.string().refine((text) => {
  if (!/^P(?=\d|T\d)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/.test(text)) return false;
  const seconds = secondsOf(text);
  return seconds > 0 && seconds <= MAX_DURATION_S;
}, "a duration of weeks, days, hours, minutes or seconds, such as PT1H or P3D, at most a year");

/** A day is 24 hours here. */
export function secondsOf(text: string): number {
  const { weeks, days, hours, minutes, seconds } = Temporal.Duration.from(text);
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
}

const nodeId = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/, "letters, digits, - and _, at most 60");
const eventName = z.string().min(1).max(200);
const where = z
  .array(z.custom<PropertyTest>())
  .max(20)
  .superRefine((tests, context) => {
    tests.forEach((test, index) => {
      const read = leafSchemas.did.safeParse({ did: "event", where: [test] });
      for (const issue of read.success ? [] : read.error.issues) {
        context.addIssue({ code: "custom", path: [index, ...issue.path.slice(2)], message: issue.message });
      }
    });
  });
const eventTest = { event: eventName, where: where.optional() };
const name = z.string().max(120).optional();

const node = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("wait"), name, duration, next: nodeId }),
  z.strictObject({
    kind: z.literal("wait_event"),
    name,
    ...eventTest,
    timeout: duration,
    next: nodeId,
    on_timeout: nodeId,
  }),
  z.strictObject({
    kind: z.literal("branch"),
    name,
    /** The first case that holds is taken; `condition` is a segment's definition. */
    cases: z
      .array(z.strictObject({ name, condition: z.unknown(), next: nodeId }))
      .min(1)
      .max(20),
    otherwise: nodeId,
  }),
  z.strictObject({
    kind: z.literal("send"),
    name,
    channel: z.literal("email").default("email"),
    template_id: z.uuid(),
    next: nodeId,
  }),
  z.strictObject({ kind: z.literal("exit"), name }),
]);
export type JourneyNode = z.infer<typeof node>;

export const graph = z.strictObject({
  entry: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("segment"), segment_id: z.uuid() }),
    z.strictObject({
      kind: z.literal("event"),
      ...eventTest,
      /** The property that tells runs of one person apart, such as `order_id`. */
      key: z.string().min(1).max(200).optional(),
    }),
  ]),
  /** Reaching it, on any channel, ends the run. */
  goal: z.strictObject(eventTest).nullish(),
  /** Leaving the entry's segment ends the run. */
  exit_when_leaves: z.boolean().default(false),
  reentry: z
    .strictObject({ mode: z.enum(["never", "after", "always"]), after: duration.nullish() })
    .refine((rule) => rule.mode !== "after" || typeof rule.after === "string", {
      path: ["after"],
      message: 'needed for the mode "after"',
    })
    .default({ mode: "never" }),
  start: nodeId,
  nodes: z.record(nodeId, node).refine((nodes) => Object.keys(nodes).length <= MAX_NODES, `at most ${MAX_NODES} nodes`),
});
export type Graph = z.infer<typeof graph>;

const journeyName = z.string().trim().min(1).max(120);
export const createJourneyBody = z.strictObject({ name: journeyName, graph });
export const changeJourneyBody = z.strictObject({ name: journeyName.optional(), graph: graph.optional() });

const id = z.uuid();
const time = z.string();
const journeyRow = z.object({
  id,
  name: z.string(),
  status: z.enum(JOURNEY_STATUSES),
  /** The published version; 0 before the first. */
  version: z.int(),
  entered: z.int(),
  active: z.int(),
  converted: z.int(),
  created_at: time,
  updated_at: time,
});
export const journeyPage = pageOf(journeyRow);
export type JourneyRow = z.infer<typeof journeyRow>;

export const journeyView = journeyRow.extend({
  graph,
  /** The draft differs from what is published. */
  has_changes: z.boolean(),
  /** People at each node now. */
  counts: z.record(z.string(), z.int()),
  /** How runs ended: reason → number. */
  exits: z.record(z.string(), z.int()),
});
export type JourneyView = z.infer<typeof journeyView>;

export const RUN_STATUSES = ["due", "waiting", "ended"] as const;
export const runView = z.object({
  id,
  profile_id: id,
  profile_name: z.string().nullable(),
  version: z.int(),
  business_key: z.string(),
  node: z.string(),
  status: z.enum(RUN_STATUSES),
  entered_at: time,
  wake_at: time.nullable(),
  exited_at: time.nullable(),
  exit_reason: z.string().nullable(),
  converted_at: time.nullable(),
  steps: z.array(z.object({ node: z.string(), at: time, note: z.string() })),
});
export type RunView = z.infer<typeof runView>;
export const runPage = pageOf(runView);
export const runQuery = pageQuery.extend({
  profile: z.string().max(400).optional(),
  node: z.string().max(60).optional(),
});
export const idParams = z.object({ id });
