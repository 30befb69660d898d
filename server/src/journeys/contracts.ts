import { z } from "zod";

import { CHANNELS } from "../collect/contracts.ts";
import { evaluation } from "../experiments/contracts.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";
import { isZone } from "../platform/time-zone.ts";
import { journeyFile } from "./files/file-shape.ts";
import { clockTime, dayOffset, duration, eventTest, feb29, nodeId, zone } from "./graph/shapes.ts";

export type { MistakeCode } from "./graph/mistakes.ts";

import { foreignNode, ownNode } from "./nodes/kinds.ts";
import { noteView, wouldView } from "./runs/note.ts";

export type { ChannelReason, Note, OwnNote, OwnNoteCode, Would, WouldCode } from "./runs/note.ts";

export const MAX_NODES = 200;

export const JOURNEY_STATUSES = ["draft", "live", "paused", "archived"] as const;
export type JourneyStatus = (typeof JOURNEY_STATUSES)[number];

const node = z.union([ownNode, foreignNode]);
/** Of the kinds that are built in; other rooms' nodes are passed through by their kind alone. */
export type JourneyNode = z.infer<typeof ownNode>;
export type JourneyNodeInput = z.input<typeof ownNode>;

const audience = z.union([z.strictObject({ segment_id: z.uuid() }), z.strictObject({ list_id: z.uuid() })]);
const entry = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("segment"), segment_id: z.uuid(), on: z.enum(["enter", "exit"]).default("enter") }),
  z.strictObject({
    kind: z.literal("event"),
    ...eventTest,
    /** The property that tells runs of one person apart, such as `order_id`. */
    key: z.string().min(1).max(200).optional(),
  }),
  z.strictObject({
    kind: z.literal("schedule"),
    /** The first time, as it is there: `2026-12-01T09:00`. */
    starts: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, "a local date and time, such as 2026-12-01T09:00"),
    zone: z.string().max(80).refine(isZone, "an IANA zone such as Europe/Istanbul"),
    /** RFC 5545, such as `FREQ=WEEKLY;BYDAY=MO`; once when not given. */
    rrule: z.string().max(500).optional(),
    audience,
  }),
  z.strictObject({
    kind: z.literal("date"),
    trait: z.string().min(1).max(200),
    offset: dayOffset.default("P0D"),
    at: clockTime.default("09:00"),
    zone,
    /** Each year anew, as with birthdays. */
    yearly: z.boolean().default(true),
    feb29,
  }),
  z.strictObject({ kind: z.literal("api") }),
  /** Whoever is on a list, now and later. */
  z.strictObject({ kind: z.literal("list"), list_id: z.uuid() }),
]);
export type Entry = z.infer<typeof entry>;

export const graph = z.strictObject({
  entry,
  /** Reaching it, on any channel, ends the run. */
  goal: z
    .strictObject({
      ...eventTest,
      within: duration.optional().describe("So long after the last step it still counts; five days unless told"),
    })
    .nullish(),
  /** Leaving the entry's segment ends the run. */
  exit_when_leaves: z.boolean().default(false),
  /** What else ends a run, without being a success. */
  exit_on: z
    .array(z.union([z.strictObject(eventTest), z.strictObject({ segment_id: z.uuid() })]))
    .max(10)
    .optional(),
  /** Per cent of those who enter that are only watched, to see what the journey is worth. */
  holdout: z.number().min(0).max(90).optional(),
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
/** As it is written: what has a default may be left out. */
export type GraphInput = z.input<typeof graph>;
export type Graph = Omit<z.infer<typeof graph>, "nodes"> & { nodes: Record<string, JourneyNode> };

/** What stands around the nodes. */
export const frame = graph.extend({ nodes: z.unknown() });

/** A graph that is being drawn: its nodes lack what they may, and publishing names what. */
const draftGraph = z.looseObject({
  entry: z.looseObject({ kind: z.string().max(40) }),
  start: nodeId,
  nodes: z
    .record(nodeId, z.looseObject({ kind: z.string().max(40) }))
    .refine((nodes) => Object.keys(nodes).length <= MAX_NODES, `at most ${MAX_NODES} nodes`),
});
export type Draft = z.infer<typeof draftGraph>;
const draft = z.union([graph, draftGraph]);
/** As it comes in: what is not even a draft is named by its field, which a union alone does not. */
const givenDraft = z.preprocess((given, context) => {
  for (const { path, message } of draftGraph.safeParse(given).error?.issues ?? [])
    context.addIssue({ code: "custom", path, message });
  return given;
}, draft);

const journeyName = z.string().trim().min(1).max(120);
export const createJourneyBody = z.strictObject({ name: journeyName, graph: givenDraft });
export const changeJourneyBody = z.strictObject({ name: journeyName.optional(), graph: givenDraft.optional() });

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
  graph: draft,
  /** The draft differs from what is published. */
  has_changes: z.boolean(),
  /** People at each node now. */
  counts: z.record(z.string(), z.int()),
  /** How runs ended: reason → number. */
  exits: z.record(z.string(), z.int()),
  /** `<node>/<way>` → how many went there, and how many of these reached the goal; `/entry` is the entry. */
  ways: z.record(z.string(), z.object({ passed: z.int(), converted: z.int() })),
});
export type JourneyView = Omit<z.infer<typeof journeyView>, "graph"> & { graph: Graph | Draft };

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
  steps: z.array(z.object({ node: z.string(), at: time, note: noteView })),
});
export type RunView = z.infer<typeof runView>;
export const runPage = pageOf(runView);
export const runQuery = pageQuery.extend({
  profile: z.string().max(400).optional(),
  node: z.string().max(60).optional(),
});
export const idParams = z.object({ id });

export const publishBody = z
  .strictObject({
    inside: z
      .enum(["finish", "move", "exit"])
      .default("finish")
      .describe("Whoever is on an older version finishes it, moves to the new one, or leaves"),
  })
  .nullish();
export const checkBody = z.strictObject({ graph: givenDraft });
export const checkView = z.object({
  errors: z.array(
    z.object({ path: z.string(), message: z.string(), code: z.string().optional(), limit: z.number().optional() }),
  ),
});

const reference = z.string().min(1).max(600).describe("A profile's id, or `type:value` (`email:jane@x.com`)");
export const enterBody = z.strictObject({
  profiles: z.array(reference).min(1).max(500),
  /** Tells runs of one person apart. */
  key: z.string().max(200).default(""),
  /** What the run carries, as `event` in its templates. */
  data: z.record(z.string().max(200), z.json()).default({}),
});
export type EnterBody = z.infer<typeof enterBody>;
export const enterView = z.object({
  items: z.array(z.object({ profile: z.string(), entered: z.boolean() })),
});

export const callSecretView = z.object({ secret: z.string(), old_secret_until: z.string() });

/** Each evaluation as the room of experiments gives it; null: nobody is only watched. */
export const resultsView = z.object({
  /** `holdout` is the control, `journey` whoever goes through. */
  holdout: evaluation.nullable(),
  experiments: z.array(
    z.object({
      node: z.string(),
      evaluation,
      left_out: z.int().describe("Drawn while the arms or their shares were others; no part of the evaluation"),
      settled: z.string().nullable().describe("The variant that everybody new gets; null while chance decides"),
      given: z.int().describe("Given the variant that had won, and not drawn; no part of the evaluation"),
    }),
  ),
});
export type ResultsView = z.infer<typeof resultsView>;

export const versionView = z.object({ version: z.int(), published_at: time, active: z.int() });
export const versionPage = z.object({ items: z.array(versionView), next: z.null() });
export const versionGraphView = z.object({ version: z.int(), published_at: time, graph });
export const versionParams = z.object({ id, version: z.coerce.number().int().min(1) });

export const intakeView = z.object({
  id,
  cause: z.string(),
  at: time,
  looked: z.int(),
  entered: z.int(),
  status: z.enum(["running", "done", "cancelled"]),
  created_at: time,
  finished_at: time.nullable(),
});
export const intakePage = pageOf(intakeView);
export const intakeParams = z.object({ id, intake: id });

const after = z.union([z.literal("PT0S"), duration]).default("PT0S");
const json = z.record(z.string().max(200), z.json());
export const rehearseBody = z.strictObject({
  /** The graph that is being drawn; the journey's draft when not given. */
  graph: graph.optional(),
  /** A real person; somebody made up of `traits` when not given. */
  profile: reference.optional(),
  traits: json.optional(),
  /** Channels on which somebody made up may be written to. */
  consent: z.array(z.string().max(20)).max(20).default([]),
  starts: z.iso.datetime().optional(),
  /** Lets them in at the start, whatever the entry is. */
  enters: z.boolean().default(true),
  events: z
    .array(
      z.strictObject({
        after,
        event: z.string().min(1).max(200),
        channel: z.enum(CHANNELS).default("web"),
        properties: json.default({}),
      }),
    )
    .max(100)
    .default([]),
  answers: z.record(z.string(), json).optional(),
});
export type RehearseBody = z.infer<typeof rehearseBody>;
export const rehearsedView = z.object({
  steps: z.array(z.object({ node: z.string(), at: time, note: noteView, way: z.string().optional() })),
  messages: z.array(
    z.object({
      at: time,
      node: z.string(),
      channel: z.string(),
      template: z.string(),
      language: z.string(),
      subject: z.string(),
      text: z.string(),
      html: z.string(),
      errors: z.array(z.string()),
      withheld: z
        .enum(["no_address", "no_consent", "consent_denied"])
        .nullable()
        .describe("Why it would not go out, as far as the profile tells"),
    }),
  ),
  would: z.array(z.object({ at: time, node: z.string(), what: wouldView })),
  /** null: they do not come in. */
  run: z
    .object({
      status: z.enum(RUN_STATUSES),
      node: z.string(),
      exitReason: z.string().nullable(),
      wakeAt: time.nullable(),
    })
    .nullable(),
});
export type RehearsedView = z.infer<typeof rehearsedView>;

export const fileView = z.looseObject({ kilim: z.literal("journey/1"), name: z.string() });
export const importBody = journeyFile;
export const libraryView = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      about: z.string(),
      messages: z.int(),
      languages: z.array(z.string()),
      graph,
    }),
  ),
  next: z.null(),
});
export const libraryParams = z.object({ key: z.string().max(60) });
export const takeBody = z.strictObject({ name: journeyName.optional() }).nullish();
