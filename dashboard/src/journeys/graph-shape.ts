import {
  type Check,
  has,
  isFields,
  isNumber,
  isScalar,
  isText,
  isTexts,
  isTruth,
  listOf,
  oneOf,
  optional,
} from "../segments/sentences/checks.ts";
import { isWhere, readCondition } from "../segments/sentences/read-condition.ts";
import { NODE_KINDS } from "./node-kinds.ts";
import type { Entry, JourneyGraph, JourneyNode, NodeKind } from "./wire.ts";

/*
 * Drafts come from anywhere: the API keeps them however little of them is written. What has not the shape that its form
 * needs is shown as it is stored, with what the server has against it.
 */

const isDo = oneOf(["add", "remove"]);
const isCondition: Check = (value) => readCondition(value) !== null;
const late = { late_after: optional(isText), on_late: optional(isText) };
const eventTest = { event: isText, where: optional(isWhere) };
const isNothing: Check = (value) => value === undefined || value === null;

const isCase: Check = (value) =>
  has(value, { name: optional(isText) }) &&
  (has(value, { condition: isCondition }) ||
    has(value, {
      reacted: (one) => has(one, { node: isText, did: oneOf(["sent", "not_sent", "opened", "clicked", "ordered"]) }),
    }) ||
    has(value, {
      carried: (one) =>
        has(one, {
          path: isText,
          op: oneOf(["is", "is_not", "gte", "lte", "exists", "not_exists"]),
          value: optional(isScalar),
        }),
    }));

const NODES: Readonly<Record<NodeKind, Check>> = {
  wait: (node) => has(node, { duration: isText, ...late }),
  wait_until: (node) =>
    has(node, { at: isText, weekdays: optional(listOf(isNumber)), zone: optional(isText), ...late }),
  wait_date: (node) =>
    has(node, {
      of: (of) => has(of, { trait: isText }) || has(of, { event: isText }),
      offset: optional(isText),
      at: optional(isText),
      zone: optional(isText),
      yearly: optional(isTruth),
      feb29: optional(isText),
      ...late,
    }),
  wait_event: (node) =>
    has(node, {
      event: optional(isText),
      where: optional(isWhere),
      segment_id: optional(isText),
      timeout: isText,
    }),
  best_hour: (node) => has(node, { within: optional(isText), ...late }),
  branch: (node) => has(node, { cases: listOf(isCase) }),
  split: (node) => has(node, { ways: listOf((way) => has(way, { name: optional(isText), share: isNumber })) }),
  experiment: (node) =>
    has(node, {
      variants: listOf((variant) => has(variant, { name: isText, share: isNumber })),
      holdout: optional((held) => has(held, { share: isNumber })),
      winner: optional((winner) => has(winner, { people: optional(isNumber) })),
    }),
  send: (node) =>
    has(node, { template_id: optional(isText), best_of: optional(isTexts), skip_after: optional(isText) }),
  webhook: (node) =>
    has(node, { url: isText, data: optional(isFields), save_as: optional(isText), timeout_s: optional(isNumber) }),
  update_trait: (node) => has(node, { traits: (traits) => isFields(traits) && Object.values(traits).every(isValue) }),
  list: (node) => has(node, { list_id: isText, do: isDo }),
  ad_audience: (node) => has(node, { audience_id: isText, do: isDo }),
  enter_journey: (node) => has(node, { journey_id: isText }),
  exit: () => true,
};

function isValue(value: unknown): boolean {
  return value === null || isScalar(value);
}

const isAudience: Check = (value) => has(value, { segment_id: isText }) || has(value, { list_id: isText });
const ENTRIES: Readonly<Record<Entry["kind"], Check>> = {
  segment: (entry) => has(entry, { segment_id: isText, on: optional(isText) }),
  event: (entry) => has(entry, { ...eventTest, key: optional(isText) }),
  schedule: (entry) => has(entry, { starts: isText, zone: isText, rrule: optional(isText), audience: isAudience }),
  date: (entry) =>
    has(entry, {
      trait: isText,
      offset: optional(isText),
      at: optional(isText),
      zone: optional(isText),
      yearly: optional(isTruth),
      feb29: optional(isText),
    }),
  list: (entry) => has(entry, { list_id: isText }),
  api: () => true,
};

/** Whether a step can be said and its form be filled; of kinds that only a server knows, whether it has a name like any. */
export function isDrawable(node: JourneyNode): boolean {
  const isKnown = NODE_KINDS.includes(node.kind);
  return has(node, { name: optional(isText), note: optional(isText) }) && (!isKnown || NODES[node.kind](node));
}

/** What stands around the steps: who comes in, the goal, the rules for leaving and for coming again. */
const AROUND: Readonly<Record<string, Check>> = {
  entry: (entry) =>
    isFields(entry) && Object.hasOwn(ENTRIES, String(entry.kind)) && ENTRIES[entry.kind as Entry["kind"]](entry),
  goal: (goal) => isNothing(goal) || has(goal, { ...eventTest, within: optional(isText) }),
  exit_when_leaves: optional(isTruth),
  exit_on: optional(listOf((rule) => has(rule, eventTest) || has(rule, { segment_id: isText }))),
  holdout: optional(isNumber),
  reentry: optional((rule) =>
    has(rule, {
      mode: oneOf(["never", "after", "always"]),
      after: (after) => isNothing(after) || isText(after),
    }),
  ),
};

export function isFrameDrawable(graph: JourneyGraph): boolean {
  return has(graph, AROUND);
}

/** The graph with what cannot be drawn around its steps begun anew. */
export function beginFrameAnew(graph: JourneyGraph): JourneyGraph {
  const sound = Object.entries(graph).filter(([key, value]) => !Object.hasOwn(AROUND, key) || AROUND[key]?.(value));
  return { entry: { kind: "event", event: "" }, ...Object.fromEntries(sound) } as JourneyGraph;
}
