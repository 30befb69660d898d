import { z } from "zod";

import { CHANNELS } from "../collect/contracts.ts";
import type { Db } from "../platform/db.ts";
import { isKeepable } from "../platform/json-text.ts";
import { isZone } from "../platform/time-zone.ts";
import { CONSENT_STATES } from "../profiles/contracts.ts";
import { type FieldCode, problem, said } from "./field-problems.ts";
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

export type RelativeTest =
  | { readonly op: "within_last" | "within_next"; readonly value: string }
  /** `zone` is IANA's name; the retailer's when left out. */
  | { readonly op: "anniversary_within"; readonly value: string; readonly zone?: string | undefined };

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
export const text = z.string().refine(isKeepable, problem("bad_text"));
export const path = text
  .min(1)
  .max(200)
  .refine((given) => given.split(".").every((part) => part !== ""), problem("bad_path"));
export const eventName = text.min(1).max(200);
export const scalar = z.union([text.max(1000), z.number(), z.boolean()]);
/** Amounts are added as ten-thousandths in 64 bits. */
const amount = z.number().min(-1e11).max(1e11);
export const duration = z.string().superRefine((text, context) => {
  const read = windowMs(text);
  if ("problem" in read) context.addIssue({ code: "custom", ...said(read.problem) });
});
const date = z.string().refine((text) => isInstant(text) || isDay(text), problem("bad_date"));
const zone = z.string().max(60).refine(isZone, problem("bad_zone")).optional();
const during = z.union([
  z.enum(PERIODS),
  z
    .strictObject({ from: date, until: date })
    .refine(
      ({ from, until }) => momentOf(from, "UTC") < momentOf(until, "UTC"),
      problem("ends_before_it_begins", ["until"]),
    ),
]);
const anniversary = duration.refine((text) => {
  const read = windowMs(text);
  return "problem" in read || read.ms <= 365 * 86_400_000;
}, problem("anniversary_too_far"));

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
  z.object({ op: z.literal("anniversary_within"), value: anniversary, zone }),
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
    const complain = (path: string, code: FieldCode) =>
      context.addIssue({ code: "custom", path: [path], ...said(code) });
    const asked = (["count", "sum", "first", "last"] as const).filter((key) => node[key] !== undefined);
    if (asked.length > 1) complain(asked[1] ?? "count", "one_measure");
    const window = (["during", "within"] as const).find((key) => node[key] !== undefined);
    const edge = node.first ?? node.last;
    if (window !== undefined && edge !== undefined) complain(window, "window_beside_edge");
    if (node.within !== undefined && node.during !== undefined) complain("during", "one_window");
    if (node.zone !== undefined && node.during === undefined && edge?.op !== "during") complain("zone", "zone_alone");
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
      .refine(([first]) => first?.without === undefined, problem("first_step_without", [0, "without"])),
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
