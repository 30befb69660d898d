import type { VocabularyView } from "../../../../server/src/segments/contracts.ts";
import type { Item } from "../segment-tree.ts";
import type { Leaf } from "../sentences/conditions.ts";
import { sayDeed } from "../sentences/say-events.ts";
import { sayName } from "../sentences/say-values.ts";
import type { Speaker } from "../sentences/speaker.ts";
import type { Choice } from "./pick-list.tsx";

/** Something that can be put into a group, and the place of it to go to next. */
export interface Addition extends Choice {
  readonly item: Item;
  readonly slot: string;
}

interface Known {
  readonly vocabulary: VocabularyView | undefined;
  readonly segments: readonly { readonly id: string; readonly name: string; readonly size: number }[];
  readonly lists: readonly { readonly id: string; readonly name: string; readonly size: number }[];
}

/** Everything that can be said here, with real names and numbers. */
export function additionsOf(
  { vocabulary, segments, lists }: Known,
  speaker: Speaker,
  canNest: boolean,
): readonly Addition[] {
  const family = (name: string) => speaker.say(`builder.family.${name}`);
  const events = vocabulary?.events ?? [];
  const event = (isNot: boolean) =>
    events.map(({ name, count }) => ({
      key: `${isNot ? "not" : "did"} ${name}`,
      label: sayDeed(name, speaker, isNot),
      note: name,
      count,
      family: family(isNot ? "didNot" : "did"),
      item: { did: name, within: "P30D", ...(isNot ? { count: { op: "eq", value: 0 } } : {}) } as Leaf,
      slot: "within",
    }));
  return [
    ...event(false),
    ...(vocabulary?.traits ?? []).map(({ name, count }) => ({
      key: `trait ${name}`,
      label: sayName(name, speaker),
      note: name,
      count,
      family: family("are"),
      item: blankTrait(name),
      slot: "value",
    })),
    ...(vocabulary?.computed ?? []).map((name) => ({
      key: `computed ${name}`,
      label: sayName(name, speaker),
      family: family("computed"),
      item: blankComputed(name),
      slot: "value",
    })),
    ...kindsOf(speaker, canNest),
    ...event(true),
    ...segments.map(({ id, name, size }) => ({
      key: `segment ${id}`,
      label: name,
      count: size,
      family: family("segments"),
      item: { in_segment: id },
      slot: "in_segment",
    })),
    ...lists.map(({ id, name, size }) => ({
      key: `list ${id}`,
      label: name,
      count: size,
      family: family("lists"),
      item: { in_list: id },
      slot: "in_list",
    })),
  ];
}

function blankTrait(trait: string): Leaf {
  return /birth/i.test(trait) ? { trait, op: "anniversary_within", value: "P7D" } : { trait, op: "is", value: "" };
}

function blankComputed(computed: string): Leaf {
  if (/_at$|_seen$/.test(computed)) return { computed, op: "within_last", value: "P30D" };
  const isText = ["preferred_channel", "preferred_store", "last_category", "recently_viewed"].includes(computed);
  return isText ? { computed, op: "is", value: "" } : { computed, op: "gte", value: 1 };
}

const KINDS: readonly { readonly kind: string; readonly item: Item; readonly slot: string }[] = [
  {
    kind: "not_followed_by",
    item: { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" },
    slot: "did",
  },
  { kind: "sequence", item: { sequence: [{ did: "" }, { did: "" }], within: "P7D" }, slot: "sequence.0.did" },
  { kind: "any_event", item: { did: "", within: "P30D" }, slot: "did" },
  { kind: "consent", item: { consent: "email", state: "granted" }, slot: "state" },
  { kind: "near", item: { near: { store: "", km: 10 } }, slot: "near.store" },
  { kind: "near_point", item: { near: { lat: 38.42, lon: 27.14, km: 25 } }, slot: "near" },
  { kind: "message", item: { message: "opened", within: "P30D" }, slot: "message" },
  { kind: "in_journey", item: { in_journey: "", state: "active" }, slot: "in_journey" },
  {
    kind: "experiment_journey",
    item: { in_experiment: { journey: "", node: "" } },
    slot: "in_experiment.journey",
  },
  { kind: "experiment_broadcast", item: { in_experiment: { broadcast: "" } }, slot: "in_experiment.broadcast" },
  { kind: "rfm", item: { rfm: "" }, slot: "rfm" },
  { kind: "random", item: { random: { percent: 10, seed: "test" } }, slot: "random.percent" },
];

function kindsOf(speaker: Speaker, canNest: boolean): Addition[] {
  const group: (typeof KINDS)[number] = { kind: "group", item: { group: "any", items: [] }, slot: "#add" };
  return [...KINDS, ...(canNest ? [group] : [])].map(({ kind, item, slot }) => ({
    key: `kind ${kind}`,
    label: speaker.say(`builder.kind.${kind}`),
    family: speaker.say("builder.family.more"),
    item,
    slot,
  }));
}
