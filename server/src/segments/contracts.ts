import { z } from "zod";

import { CHANNELS } from "../collect/contracts.ts";
import type { Db } from "../platform/db.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";
import { isZone } from "../platform/time-zone.ts";
import { CONSENT_STATES } from "../profiles/contracts.ts";
import { momentOf } from "./predicates/calendar.ts";
import { isDay, isInstant, windowMs } from "./predicates/times.ts";

/** A tree of more is refused before any of it is looked at closer. */
export const MAX_NODES = 500;
export const MAX_DEPTH = 20;
export const MAX_COUNT = 10_000;

export const VALUE_OPS = ["is", "is_not", "in", "not_in", "contains", "starts_with", "exists", "not_exists"] as const;
export const NUMBER_OPS = ["gt", "gte", "lt", "lte"] as const;
export const DATE_OPS = ["before", "after"] as const;
export const RELATIVE_OPS = ["within_last", "within_next", "anniversary_within"] as const;
export const COUNT_OPS = ["gte", "gt", "lte", "lt", "eq"] as const;
export const PERIODS = [
  "today",
  "yesterday",
  "this_week",
  "last_week",
  "this_month",
  "last_month",
  "this_quarter",
  "last_quarter",
  "this_year",
  "last_year",
] as const;
export const EDGE_OPS = ["within_last", "not_within_last", "before", "after"] as const;

export type NumberOp = (typeof NUMBER_OPS)[number];
export type CountOp = (typeof COUNT_OPS)[number];
export type Scalar = string | number | boolean;

/** A test of a value that time alone never changes: usable on events as well. */
export type ValueTest =
  | { readonly op: "is" | "is_not"; readonly value: Scalar }
  | { readonly op: "in" | "not_in"; readonly value: readonly Scalar[] }
  | { readonly op: "contains" | "starts_with"; readonly value: string }
  | { readonly op: "exists" | "not_exists" }
  | { readonly op: NumberOp; readonly value: number }
  | { readonly op: "before" | "after"; readonly value: string };

export type RelativeTest = { readonly op: (typeof RELATIVE_OPS)[number]; readonly value: string };

/** A span of the calendar: a word that moves with the present, or from one day or instant until before another. */
export type During = (typeof PERIODS)[number] | { readonly from: string; readonly until: string };
/** `zone` is IANA's name; the retailer's when left out. */
export type CalendarTest = {
  readonly op: "during";
  readonly value: During;
  readonly zone?: string | undefined;
};

export type TraitCondition = { readonly trait: string } & (ValueTest | RelativeTest | CalendarTest);
export type ComputedCondition = { readonly computed: string } & (ValueTest | RelativeTest | CalendarTest);
export type PropertyTest = { readonly property: string } & ValueTest;

/** Which events are meant. */
export interface EventFilter {
  readonly did: string;
  readonly where?: readonly PropertyTest[] | undefined;
  readonly channel?: string | readonly string[] | undefined;
}
export interface NumberTest {
  readonly op: CountOp;
  readonly value: number;
}
export type EdgeTest =
  | { readonly op: (typeof EDGE_OPS)[number]; readonly value: string }
  | { readonly op: "during"; readonly value: During };
export interface DidCondition extends EventFilter {
  readonly count?: NumberTest | undefined;
  readonly sum?: (NumberTest & { readonly property: string }) | undefined;
  readonly first?: EdgeTest | undefined;
  readonly last?: EdgeTest | undefined;
  readonly within?: string | undefined;
  readonly during?: During | undefined;
  /** Of `during`, here or in `first` and `last`; the retailer's when left out. */
  readonly zone?: string | undefined;
}
export interface NotFollowedCondition extends EventFilter {
  readonly not_followed_by: readonly string[];
  readonly for: string;
}
/** Counted over the whole life, of both: somebody who entered more often than they left is inside. */
export interface MoreOftenCondition extends EventFilter {
  readonly more_often_than: EventFilter;
}
export interface SequenceStep extends EventFilter {
  /** None of these events strictly between the step before and this one. */
  readonly without?: readonly string[] | undefined;
}
export interface SequenceCondition {
  readonly sequence: readonly SequenceStep[];
  readonly within: string;
}
export interface NearCondition {
  readonly near: { readonly lat: number; readonly lon: number; readonly km: number };
}
/** The same people for the same seed, for ever. */
export interface RandomCondition {
  readonly random: { readonly percent: number; readonly seed: string };
}
export interface ConsentCondition {
  readonly consent: string;
  readonly purpose?: string | undefined;
  readonly state: (typeof CONSENT_STATES)[number] | "unknown";
}
export interface InSegmentCondition {
  readonly in_segment: string;
}
export interface InListCondition {
  readonly in_list: string;
}

declare const foreign: unique symbol;
/** A condition of a kind that another room owns, as people write it; only that room looks into it. */
export interface ForeignCondition {
  readonly [foreign]: true;
}

export type Leaf =
  | TraitCondition
  | ComputedCondition
  | DidCondition
  | NotFollowedCondition
  | MoreOftenCondition
  | SequenceCondition
  | NearCondition
  | RandomCondition
  | ConsentCondition
  | InSegmentCondition
  | InListCondition
  | ForeignCondition;

/** A segment's definition, as people write it. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Leaf;

/**
 * A kind of condition whose facts belong to another room. That room says how it is written and what it means in
 * conditions that are known here. A rule keeps what its definition was written out to, so that states, horizons, SQL
 * and screens need to know nothing of it.
 */
export interface ConditionKind {
  /** The field that tells such a node: `message`, or `near.store` for a field inside a field. */
  readonly key: string;
  readonly schema: z.ZodType;
  /** Reads what the meaning hangs on (stores, boundaries in force) once; what it gives is asked for each such node. */
  meaning(db: Db): Promise<(node: unknown) => Meaning>;
}
/** `problem` is for whoever writes the definition; a rule that exists already holds for nobody there. */
export type Meaning = Condition | { readonly problem: string };

/** What definitions may say in this installation. */
export interface Grammar {
  readonly kinds: readonly ConditionKind[];
  /** The retailer's: what `today` and `last_month` mean where a condition names no zone. */
  readonly timeZone: string;
}

/** What PostgreSQL can keep: no NUL, no half of a surrogate pair. */
const text = z
  .string()
  .refine((given) => given.isWellFormed() && !given.includes("\0"), "text without NUL, in valid Unicode");
const path = text
  .min(1)
  .max(200)
  .refine((given) => given.split(".").every((part) => part !== ""), "a name, or names joined by dots");
const eventName = text.min(1).max(200);
const scalar = z.union([text.max(1000), z.number(), z.boolean()]);
/** Amounts are added as ten-thousandths in 64 bits. */
const amount = z.number().min(-1e11).max(1e11);
export const duration = z.string().superRefine((text, context) => {
  const read = windowMs(text);
  if ("problem" in read) context.addIssue(read.problem);
});
const date = z
  .string()
  .refine((text) => isInstant(text) || isDay(text), "a date (2026-03-01) or an instant (2026-03-01T09:00:00Z)");
const zone = z.string().max(60).refine(isZone, "a time zone such as Europe/Istanbul").optional();
const during = z.union([
  z.enum(PERIODS),
  z
    .strictObject({ from: date, until: date })
    .refine(({ from, until }) => momentOf(from, "UTC") < momentOf(until, "UTC"), {
      error: "ends before it begins",
      path: ["until"],
    }),
]);
const anniversary = duration.refine((text) => {
  const read = windowMs(text);
  return "problem" in read || read.ms <= 365 * 86_400_000;
}, "at most P365D");

const valueTests = [
  z.object({ op: z.enum(["is", "is_not"]), value: scalar }),
  z.object({ op: z.enum(["in", "not_in"]), value: z.array(scalar).min(1).max(1000) }),
  z.object({ op: z.enum(["contains", "starts_with"]), value: text.min(1).max(1000) }),
  z.object({ op: z.enum(["exists", "not_exists"]) }),
  z.object({ op: z.enum(NUMBER_OPS), value: z.number() }),
  z.object({ op: z.enum(DATE_OPS), value: date }),
] as const;
const relativeTests = [
  z.object({ op: z.enum(["within_last", "within_next"]), value: duration }),
  z.object({ op: z.literal("anniversary_within"), value: anniversary }),
  z.object({ op: z.literal("during"), value: during, zone }),
] as const;

const DATED_OPS = [...VALUE_OPS, ...NUMBER_OPS, ...DATE_OPS, ...RELATIVE_OPS, "during"];
const PLAIN_OPS = [...VALUE_OPS, ...NUMBER_OPS, ...DATE_OPS];
const propertyTest = oneOfTests({ property: path }, valueTests, PLAIN_OPS);

/** Told by their `op`; patterns are refused by name, because somebody is sure to try. */
function oneOfTests(extra: z.ZodRawShape, tests: readonly z.ZodObject[], ops: readonly string[]) {
  const complete = tests.map((test) => test.extend(extra).strict()) as [z.ZodObject, ...z.ZodObject[]];
  return z.discriminatedUnion("op", complete, {
    error({ code, input }) {
      if (code !== "invalid_union") return undefined;
      const given = typeof input === "object" && input !== null && "op" in input ? String(input.op) : "";
      const patterns = /regex|match|like|pattern/i.test(given) ? "patterns are not looked for; " : "";
      return `${patterns}use one of ${ops.join(", ")}`;
    },
  });
}

export const propertyTests = z.array(propertyTest).max(20);

const eventFilter = {
  did: eventName,
  where: propertyTests.optional(),
  channel: z.union([z.enum(CHANNELS), z.array(z.enum(CHANNELS)).min(1)]).optional(),
};
const edge = z.discriminatedUnion("op", [
  z.strictObject({ op: z.enum(["within_last", "not_within_last"]), value: duration }),
  z.strictObject({ op: z.enum(DATE_OPS), value: date }),
  z.strictObject({ op: z.literal("during"), value: during }),
]);
export const countTest = z.strictObject({ op: z.enum(COUNT_OPS), value: z.number().int().min(0).max(MAX_COUNT) });
const did = z
  .strictObject({
    ...eventFilter,
    count: countTest.optional(),
    sum: z.strictObject({ property: path, op: z.enum(COUNT_OPS), value: amount }).optional(),
    first: edge.optional(),
    last: edge.optional(),
    within: duration.optional(),
    during: during.optional(),
    zone,
  })
  .superRefine((node, context) => {
    const asked = (["count", "sum", "first", "last"] as const).filter((key) => node[key] !== undefined);
    if (asked.length > 1)
      context.addIssue({ code: "custom", path: [asked[1] ?? "count"], message: `only one of ${asked.join(", ")}` });
    const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    const window = (["during", "within"] as const).find((key) => node[key] !== undefined);
    const edge = node.first ?? node.last;
    if (window !== undefined && edge !== undefined)
      complain(window, "first and last look at the whole history: put the window into their own value");
    if (node.within !== undefined && node.during !== undefined) complain("during", "only one of within, during");
    if (node.zone !== undefined && node.during === undefined && edge?.op !== "during")
      complain("zone", "only beside during");
  });

/** The schema of each kind of leaf, by the key that tells it. The tree above is walked by `parse-definition.ts`. */
export const leafSchemas = {
  trait: oneOfTests({ trait: path }, [...valueTests, ...relativeTests], DATED_OPS),
  computed: oneOfTests({ computed: path }, [...valueTests, ...relativeTests], DATED_OPS),
  not_followed_by: z.strictObject({
    ...eventFilter,
    not_followed_by: z.array(eventName).min(1).max(20),
    for: duration,
  }),
  more_often_than: z.strictObject({ ...eventFilter, more_often_than: z.strictObject(eventFilter) }),
  did,
  sequence: z.strictObject({
    sequence: z
      .array(z.strictObject({ ...eventFilter, without: z.array(eventName).min(1).max(20).optional() }))
      .min(2)
      .max(10)
      .refine(([first]) => first?.without === undefined, {
        error: "nothing comes before the first step",
        path: [0, "without"],
      }),
    within: duration,
  }),
  near: z.strictObject({
    near: z.strictObject({
      lat: z.number().min(-90).max(90),
      lon: z.number().min(-180).max(180),
      km: z.number().positive().max(20_040),
    }),
  }),
  random: z.strictObject({
    random: z.strictObject({ percent: z.number().positive().max(100), seed: text.min(1).max(100) }),
  }),
  consent: z.strictObject({
    consent: text.min(1).max(20),
    purpose: text.min(1).max(40).optional(),
    state: z.enum([...CONSENT_STATES, "unknown"]),
  }),
  in_segment: z.strictObject({ in_segment: z.uuid() }),
  in_list: z.strictObject({ in_list: z.uuid() }),
} as const;

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

/** A valid definition may still say something that nobody can have meant. */
const warnings = z.array(z.object({ path: z.string(), message: z.string() }));
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
