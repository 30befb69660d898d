import { z } from "zod";

import { pageOf, pageQuery } from "../platform/pages.ts";
import { CONSENT_STATES } from "../profiles/contracts.ts";
import { eventName, path, scalar, text } from "./definition.ts";

export * from "./definition.ts";
export type { ToldCode } from "./field-problems.ts";

// What goes over the wire. `definition` is checked by `parse-definition.ts`, which bounds it first.
const name = text.trim().min(1).max(120);
const definition = z.unknown().describe("A condition: { all | any: [...] }, { not }, or a leaf; see docs/segments.md");
const id = z.uuid();

export const createSegmentBody = z.object({
  name,
  definition,
  enter_on_first_fill: z.boolean().default(false).describe("People found by the first fill get `Segment Entered`"),
});
export const updateSegmentBody = z.object({ name: name.optional(), definition: definition.optional() });
export const previewBody = z.object({
  definition,
  exact: z.boolean().default(false).describe("Look at everybody, however long it takes, rather than at a sample"),
});

export const segmentView = z.object({
  id,
  name: z.string(),
  definition: z.unknown(),
  size: z.number().int(),
  state: z.enum(["backfilling", "live"]),
  progress: z.number().min(0).max(1),
  problem: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type SegmentView = z.infer<typeof segmentView>;

/** What may be odd about a valid definition: `docs/segments.md` says each in words. */
export const WARNING_CODES = [
  "nobody_ever",
  "never_holds",
  "always_holds",
  "everybody",
  "exclusive",
  "exclusive_but_for_several",
  "event_never_passes",
  "other_capitals",
  "not_computed",
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

const warnings = z.array(
  z.object({
    path: z.string(),
    code: z.enum(WARNING_CODES),
    /** Of two conditions that go ill together, the path of the other one. */
    other: z.string().optional(),
    /** Of a name that nothing has, the one that is written nearly alike. */
    known: z.string().optional(),
    message: z.string(),
  }),
);
export const writtenSegmentView = segmentView.extend({ warnings });

export const segmentPage = pageOf(segmentView);
export const memberView = z.object({
  profile_id: id,
  name: z.string().nullable(),
  email: z.string().nullable(),
  entered_at: z.string(),
});
export const memberPage = pageOf(memberView);
export const previewView = z.object({
  size: z.number().int(),
  exact: z
    .boolean()
    .describe("False when the size was reckoned from a sample of people: right to about one in a hundred"),
  counted_at: z
    .string()
    .describe(
      "The moment for which it is right: earlier than the call when another had asked the same and still waited",
    ),
  sample: z.array(memberView.omit({ entered_at: true })),
  warnings,
});
export type PreviewView = z.infer<typeof previewView>;
const counted = z.array(z.object({ name: z.string(), count: z.number().int() }));
export const vocabularyView = z.object({ events: counted, traits: counted, computed: z.array(z.string()) });
export type VocabularyView = z.infer<typeof vocabularyView>;

const words = pageQuery.extend({ q: z.string().max(100).optional().describe("A word in it begins like this") });
export type WordsQuery = z.infer<typeof words>;
export const propertiesQuery = words.extend({ event: eventName });
export const valuesQuery = words
  .extend({ event: eventName.optional(), property: path.optional(), trait: path.optional(), computed: path.optional() })
  .refine(
    ({ event, property, trait, computed }) =>
      (event === undefined) === (property === undefined) &&
      [event, trait, computed].filter((one) => one !== undefined).length === 1,
    "either event and property, or trait, or computed",
  );
export type ValuesQuery = z.infer<typeof valuesQuery>;
const valueType = z.enum(["text", "number", "boolean", "date"]);
export type ValueType = z.infer<typeof valueType>;
const lookedAt = { looked_at: z.number().int().describe("How many people or events the counts are out of") };
export const propertyPage = pageOf(z.object({ name: z.string(), count: z.number().int(), type: valueType })).extend(
  lookedAt,
);
export type PropertyPage = z.infer<typeof propertyPage>;
export const valuePage = pageOf(z.object({ value: scalar, count: z.number().int() })).extend(lookedAt);
export type ValuePage = z.infer<typeof valuePage>;
export type { RfmView } from "./rfm/shapes.ts";
export type { TemplateView } from "./templates/shapes.ts";

// Why somebody is in a segment, or is not.
export const explainBody = z.object({
  profile: z.string().min(1).max(600).describe("A profile's id, or `type:value` (`email:jane@x.com`)"),
});
const shownValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const evidence = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("events"),
    /** How many of the events looked at fit and lie in the window. */
    found: z.int(),
    /** Whether there are events that were not looked at. */
    more: z.boolean(),
    /** Of those that fit, where the condition sums. */
    sum: z.number().nullable(),
    /** The newest of this kind, also those that no longer count; of `first` the oldest. */
    events: z.array(
      z.object({
        message_id: z.string(),
        event: z.string(),
        timestamp: z.string(),
        channel: z.string(),
        counts: z.boolean(),
        properties: z.record(z.string(), z.union([shownValue, z.array(shownValue)])),
      }),
    ),
  }),
  z.object({ kind: z.literal("values"), values: z.array(z.object({ name: z.string(), value: shownValue })) }),
  z.object({
    kind: z.literal("consent"),
    state: z.enum([...CONSENT_STATES, "unknown"]),
    at: z.string().nullable(),
    source: z.string().nullable(),
  }),
  /** How far away, null when it is not known where she is. */
  z.object({ kind: z.literal("place"), km: z.number().nullable() }),
  z.object({
    kind: z.literal("list"),
    list: z.object({ id, name: z.string() }),
    added_at: z.string().nullable(),
  }),
]);
export type Evidence = z.infer<typeof evidence>;
export const explanation = z.object({
  segment: z.object({ id, name: z.string() }),
  person: memberView.omit({ entered_at: true }),
  at: z.string(),
  /** Null while the first fill is not done. */
  is_member: z.boolean().nullable(),
  entered_at: z.string().nullable(),
  holds: z.boolean(),
  /** When the whole answer turns if nothing new happens. */
  changes_at: z.string().nullable(),
  /** Another definition is being filled; this is the answer of the one still in force. */
  is_being_replaced: z.boolean(),
  /** `away`: the answers stand, but the events behind them could not be read just now. */
  history: z.enum(["read", "away"]),
  /** In reading order; a group comes before what is in it. */
  conditions: z.array(
    z.object({
      path: z.string(),
      depth: z.int(),
      kind: z.enum(["all", "any", "not", "segment", "leaf"]),
      condition: z.unknown(),
      segment: z.object({ id, name: z.string() }).nullable(),
      holds: z.boolean(),
      changes_at: z.string().nullable(),
      evidence: evidence.nullable(),
    }),
  ),
});
export type Explanation = z.infer<typeof explanation>;

// How large a segment was, how it overlaps with others, and what its people are like.
export const sizesQuery = z.object({
  days: z.coerce.number().int().min(1).max(1_830).default(30),
  points: z.coerce.number().int().min(1).max(500).default(200),
});
export type SizesQuery = z.infer<typeof sizesQuery>;
export const sizesView = z.object({
  from: z.string(),
  until: z.string(),
  /** A size holds from its moment until the next; the last is that of now. */
  items: z.array(z.object({ at: z.string(), size: z.int() })),
});
export type SizesView = z.infer<typeof sizesView>;

export const overlapBody = z.strictObject({
  segments: z
    .array(id)
    .min(2)
    .max(5)
    .refine((ids) => new Set(ids).size === ids.length, "each segment once"),
});
export const overlapView = z.object({
  segments: z.array(segmentView.pick({ id: true, name: true, size: true, state: true })),
  /** Each combination that has people, the largest first: they are in these segments and in none of the others asked for. */
  parts: z.array(z.object({ in: z.array(id), people: z.int() })),
});
export type OverlapView = z.infer<typeof overlapView>;

export const COMPOSITION_KEYS = ["channel", "preferred_channel", "city", "orders", "consent"] as const;
export const compositionView = z.object({
  size: z.int(),
  /** How many people were looked at; of large segments a sample that stays the same. */
  asked: z.int(),
  is_sample: z.boolean(),
  dimensions: z.array(
    z.object({
      key: z.enum(COMPOSITION_KEYS),
      values: z.array(
        z.object({
          value: z.string(),
          people: z.int(),
          share: z.number(),
          /** The share among everybody. */
          everybody_share: z.number(),
        }),
      ),
    }),
  ),
  /** What buyers have spent so far, in minor units. */
  money: z.array(
    z.object({
      currency: z.string(),
      buyers: z.int(),
      average: z.int(),
      median: z.int(),
      everybody_median: z.int(),
    }),
  ),
});
export type CompositionView = z.infer<typeof compositionView>;

export const createListBody = z.object({ name });
export const listView = z.object({
  id,
  name: z.string(),
  size: z.number().int(),
  created_at: z.string(),
  /** Segments that ask for it. */
  used_by: z.array(z.object({ id, name: z.string() })),
  /** Whether a segment or a journey asks for it: then it cannot be deleted. */
  is_used: z.boolean(),
});
export type ListView = z.infer<typeof listView>;
export const listPage = pageOf(listView);
export const listMembersBody = z.object({
  add: z.array(id).max(10_000).default([]),
  remove: z.array(id).max(10_000).default([]),
});
export const listedPage = pageOf(memberView.omit({ entered_at: true }).extend({ added_at: z.string() }));

// Work on many people: exports of segments, uploads of lists.
export const JOB_STATES = ["waiting", "running", "done", "failed", "cancelled", "expired"] as const;
export type JobState = (typeof JOB_STATES)[number];
const job = {
  id,
  state: z.enum(JOB_STATES),
  /** A code: why it failed. */
  failure: z.string().nullable(),
  done: z.int(),
  total: z.int().nullable(),
  created_at: z.string(),
  ended_at: z.string().nullable(),
};

/** A column of an export: `profile_id`, `identifier:email`, `trait:address.city`, `computed:revenue`, `consent:email` … */
const exportColumn = z
  .string()
  .max(220)
  .regex(
    /^(profile_id|name|entered_at|first_seen|last_seen|(identifier|trait|computed|consent):.+)$/,
    "profile_id, name, entered_at, first_seen, last_seen, or identifier:, trait:, computed: or consent: with a name",
  )
  .refine((given) => text.safeParse(given).success, "text without NUL, in valid Unicode");
export const exportBody = z.strictObject({
  columns: z
    .array(exportColumn)
    .min(1)
    .max(50)
    .refine((columns) => new Set(columns).size === columns.length, "each column once"),
  delimiter: z.enum([",", ";", "\t"]).default(","),
  /** A mark in front by which spreadsheets know that it is UTF-8. */
  bom: z.boolean().default(true),
});
export type ExportBody = z.infer<typeof exportBody>;
export const exportView = z.object({ ...job, segment_id: id, ...exportBody.shape, expires_at: z.string().nullable() });
export type ExportView = z.infer<typeof exportView>;
export const exportPage = pageOf(exportView);

const listFile = { file: id, column: text.min(1).max(300), type: text.min(1).max(60) };
export const uploadListBody = z.strictObject({
  ...listFile,
  /** What kind of identifier stands in the column: `email`, `phone`, `user_id` …, or `profile_id`. */
  type: listFile.type,
  action: z.enum(["add", "remove"]).default("add"),
});
export type UploadListBody = z.infer<typeof uploadListBody>;
export const previewListBody = z.strictObject({
  file: id,
  /** Guessed when absent. */
  column: listFile.column.optional(),
  type: listFile.type.optional(),
});
export type PreviewListBody = z.infer<typeof previewListBody>;
const rowCounts = {
  /** Rows that mean somebody we know. */
  matched: z.int(),
  unmatched: z.int(),
  /** Rows that cannot be read, or have nothing in that column. */
  unreadable: z.int(),
};
export const previewListView = z.object({
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  column: z.string(),
  type: z.string(),
  tried: z.object({ rows: z.int(), ...rowCounts, whole: z.boolean() }),
  unmatched: z.array(z.object({ row: z.int(), value: z.string() })),
});
export type PreviewListView = z.infer<typeof previewListView>;
export const listUploadView = z.object({
  ...job,
  list_id: id,
  ...uploadListBody.shape,
  ...rowCounts,
  /** People who were not on the list before, or were taken off it. */
  changed: z.int(),
});
export type ListUploadView = z.infer<typeof listUploadView>;
export const listUploadPage = pageOf(listUploadView);

export * from "./audit/shapes.ts";

/** Somebody came in or went out. `at` is when it became true, which may lie before the moment it was noticed. */
export interface MembershipChange {
  readonly segmentId: string;
  readonly segmentName: string;
  readonly profileId: string;
  readonly kind: "entered" | "exited";
  readonly at: string;
  /** Only historical events led to it: no journey starts, nothing is sent, no enter/exit event is written. */
  readonly historical: boolean;
}
