import type { DidCondition, EventFilter, Leaf, MessageCondition, SequenceCondition, Step, When } from "./conditions.ts";
import { tell } from "./conditions.ts";
import { isNever } from "./say-events.ts";

/** Something a sentence can say in addition, or in another way. */
export const DETAILS = [
  "never",
  "once",
  "count",
  "sum",
  "last",
  "first",
  "when",
  "where",
  "channel",
  "without",
  "step",
  "purpose",
] as const;
export type Detail = (typeof DETAILS)[number];

export interface Change {
  readonly leaf: Leaf;
  /** The place to fill next. */
  readonly slot: string;
}

/** What can be added to a sentence, with the sentence that then stands there. */
export function detailsOf(leaf: Leaf): ReadonlyMap<Detail, Change> {
  const told = tell(leaf);
  switch (told?.kind) {
    case "did":
      return new Map([
        ...measuresOf(told.leaf),
        ...whenOf(told.leaf, told.leaf),
        ...filterDetails(told.leaf, "", (filter) => ({ ...told.leaf, ...filter })),
      ]);
    case "not_followed_by":
      return new Map(filterDetails(told.leaf, "", (filter) => ({ ...told.leaf, ...filter })));
    case "sequence":
      return new Map(sequenceDetails(told.leaf));
    case "consent":
      return new Map(
        told.leaf.purpose === undefined
          ? [["purpose", { leaf: { ...told.leaf, purpose: "marketing" }, slot: "purpose" }]]
          : [],
      );
    case "message":
      return new Map(messageDetails(told.leaf));
    default:
      return new Map();
  }
}

type Entry = readonly [Detail, Change];

/** An event looked at in another way: what belongs to the old way is dropped. */
function measuresOf(leaf: DidCondition): Entry[] {
  const { count: _count, sum: _sum, last: _last, first: _first, within, during, zone, ...event } = leaf;
  const when: When = {
    ...(within === undefined ? {} : { within }),
    ...(during === undefined ? {} : { during }),
    ...(zone === undefined || during === undefined ? {} : { zone }),
  };
  const edge = { op: "within_last", value: within ?? "P30D" } as const;
  const all: Entry[] = [
    ["once", { leaf: { ...event, ...when }, slot: "did" }],
    ["never", { leaf: { ...event, ...when, count: { op: "eq", value: 0 } }, slot: "did" }],
    ["count", { leaf: { ...event, ...when, count: { op: "gte", value: 2 } }, slot: "count" }],
    ["sum", { leaf: { ...event, ...when, sum: { property: "", op: "gte", value: 100 } }, slot: "sum.property" }],
    // First and last look at the whole history; their window is their own value.
    ["last", { leaf: { ...event, last: edge }, slot: "last.value" }],
    ["first", { leaf: { ...event, first: edge }, slot: "first.value" }],
  ];
  const now = isNever(leaf)
    ? "never"
    : (["count", "sum", "last", "first"] as const).find((key) => leaf[key] !== undefined);
  return all.filter(([detail]) => detail !== (now ?? "once"));
}

function whenOf(when: When & { readonly last?: unknown; readonly first?: unknown }, leaf: Leaf): Entry[] {
  const isOpen = when.within === undefined && when.during === undefined && !when.last && !when.first;
  return isOpen ? [["when", { leaf: { ...leaf, within: "P30D" }, slot: "within" }]] : [];
}

function filterDetails(filter: EventFilter, at: string, write: (filter: EventFilter) => Leaf): Entry[] {
  const where = [...(filter.where ?? []), { property: "", op: "is" as const, value: "" }];
  return [
    ["where", { leaf: write({ ...filter, where }), slot: `${at}where.${where.length - 1}.property` }],
    ...(filter.channel === undefined
      ? [["channel", { leaf: write({ ...filter, channel: "store" }), slot: `${at}channel` }] as Entry]
      : []),
  ];
}

/** What can be added to the steps of a sequence before its last one. */
export function earlierDetailsOf(leaf: Leaf): readonly (Change & { readonly detail: Detail; readonly did: string })[] {
  const told = tell(leaf);
  if (told?.kind !== "sequence") return [];
  const { sequence } = told.leaf;
  return sequence
    .slice(0, -1)
    .flatMap((step, index) =>
      [...(index > 0 ? withoutDetail(told.leaf, index) : []), ...stepDetails(told.leaf, index)].map(
        ([detail, change]) => ({ ...change, detail, did: step.did }),
      ),
    );
}

function writeStep(leaf: SequenceCondition, index: number, changed: Partial<Step>): SequenceCondition {
  const { [index]: step } = leaf.sequence;
  return step ? { ...leaf, sequence: leaf.sequence.with(index, { ...step, ...changed }) } : leaf;
}

function stepDetails(leaf: SequenceCondition, index: number): Entry[] {
  const { [index]: step } = leaf.sequence;
  return step ? filterDetails(step, `sequence.${index}.`, (changed) => writeStep(leaf, index, changed)) : [];
}

function withoutDetail(leaf: SequenceCondition, index: number): Entry[] {
  if (leaf.sequence[index]?.without !== undefined) return [];
  return [["without", { leaf: writeStep(leaf, index, { without: [""] }), slot: `sequence.${index}.without` }]];
}

function sequenceDetails(leaf: SequenceCondition): Entry[] {
  const last = leaf.sequence.length - 1;
  return [
    ...(leaf.sequence.length < 10
      ? [
          [
            "step",
            { leaf: { ...leaf, sequence: [...leaf.sequence, { did: "" }] }, slot: `sequence.${last + 1}.did` },
          ] as Entry,
        ]
      : []),
    ...withoutDetail(leaf, last),
    ...stepDetails(leaf, last),
  ];
}

function messageDetails(leaf: MessageCondition): Entry[] {
  const never = leaf.count?.op === "eq" && leaf.count.value === 0;
  const { count: _count, ...rest } = leaf;
  return [
    never
      ? ["once", { leaf: rest, slot: "message" }]
      : ["never", { leaf: { ...rest, count: { op: "eq", value: 0 } }, slot: "message" }],
    ...(leaf.count === undefined || never
      ? [["count", { leaf: { ...rest, count: { op: "gte", value: 2 } }, slot: "count" }] as Entry]
      : []),
    ...whenOf(leaf, leaf),
    ...(leaf.channel === undefined
      ? [["channel", { leaf: { ...leaf, channel: "email" }, slot: "channel" }] as Entry]
      : []),
  ];
}

/** The sentence without what this place says; null when it cannot do without. */
export function withoutSlot(leaf: Leaf, slot: string): Leaf | null {
  const steps = slot.split(".");
  // A step goes as a whole, as long as two are left.
  if (steps[0] === "sequence" && steps[2] === "did") {
    const { sequence } = leaf as SequenceCondition;
    return sequence.length > 2 ? { ...leaf, sequence: sequence.toSpliced(Number(steps[1]), 1) } : null;
  }
  const where = steps.indexOf("where");
  if (where >= 0) return drop(leaf, steps.slice(0, where + 2));
  const last = steps.at(-1) ?? "";
  if (["count", "channel", "within", "during", "purpose", "template", "without"].includes(last)) {
    const isNeeded = last === "within" && "sequence" in leaf;
    return isNeeded || !hasAt(leaf, steps) ? null : drop(leaf, steps);
  }
  return ["sum", "last", "first"].includes(steps[0] ?? "") ? drop(leaf, steps.slice(0, 1)) : null;
}

type Fields = Readonly<Record<string, unknown>>;

function hasAt(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  return typeof value === "object" && value !== null && step in value && hasAt((value as Fields)[step], rest);
}

/** Without the field or list element at the path; a list that becomes empty goes too. */
function drop(leaf: Leaf, path: readonly string[]): Leaf {
  return dropIn(leaf, path) as Leaf;
}

function dropIn(value: unknown, [step = "", ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const index = Number(step);
    const kept = rest.length === 0 ? value.toSpliced(index, 1) : value.with(index, dropIn(value[index], rest));
    return kept.length === 0 ? undefined : kept;
  }
  const { [step]: dropped, ...others } = value as Fields;
  const kept = rest.length === 0 ? undefined : dropIn(dropped, rest);
  return kept === undefined ? others : { ...(value as Fields), [step]: kept };
}
