import { type Check, has, isFields, isNumber, isScalar, isText, isTexts, oneOf, optional } from "./checks.ts";
import { JOURNEY_STATES, KINDS, type Kind, type Leaf, REACTIONS } from "./conditions.ts";

/** A tree as the api has it. What a room of the server has registered and no sentence knows stays as it came. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Leaf;

const MOST_NODES = 500;
const DEEPEST = 20;

/**
 * What somebody pasted, wrote as JSON or put into an address, as a condition whose sentences can be drawn; else null.
 * Whether it is a good one (names, bounds, references) the api says.
 */
export function readCondition(input: unknown): Condition | null {
  const budget = { left: MOST_NODES };
  return isNode(input, 1, budget) ? (input as Condition) : null;
}

function isNode(input: unknown, depth: number, budget: { left: number }): boolean {
  if (!isFields(input) || depth > DEEPEST || --budget.left < 0) return false;
  const children = "all" in input ? input.all : "any" in input ? input.any : undefined;
  if ("all" in input || "any" in input)
    return (
      Object.keys(input).length === 1 &&
      Array.isArray(children) &&
      children.every((child) => isNode(child, depth + 1, budget))
    );
  if ("not" in input) return Object.keys(input).length === 1 && isNode(input.not, depth + 1, budget);
  if ("more_often_than" in input) return true;
  const kind = KINDS.find((one) => one in input);
  return kind === undefined ? Object.keys(input).length > 0 : CHECKS[kind](input);
}

const isPeriod: Check = (value) => isText(value) || has(value, { from: isText, until: isText });
const isValue: Check = (value) => isScalar(value) || isPeriod(value) || (Array.isArray(value) && value.every(isScalar));
const test = { op: isText, value: optional(isValue) };
const isNumberTest: Check = (value) => has(value, { op: isText, value: isNumber });
const isEdge: Check = (value) => has(value, { op: isText, value: isPeriod });
const when = { within: optional(isText), during: optional(isPeriod), zone: optional(isText) };
/** Tests of an event's properties, as their forms can show them. */
export const isWhere: Check = (value) =>
  Array.isArray(value) && value.every((one) => has(one, { property: isText, ...test }));
const isChannels: Check = (value) => isText(value) || isTexts(value);
const filter = {
  did: isText,
  channel: optional(isChannels),
  where: optional(isWhere),
};
const scores = optional((value) => Array.isArray(value) && value.every(isNumber));

const CHECKS: Readonly<Record<Kind, Check>> = {
  did: (leaf) =>
    has(leaf, {
      ...filter,
      ...when,
      count: optional(isNumberTest),
      sum: optional((value) => isNumberTest(value) && has(value, { property: isText })),
      first: optional(isEdge),
      last: optional(isEdge),
    }),
  trait: (leaf) => has(leaf, { trait: isText, ...test }),
  computed: (leaf) => has(leaf, { computed: isText, ...test }),
  not_followed_by: (leaf) => has(leaf, { ...filter, not_followed_by: isTexts, for: isText }),
  sequence: (leaf) =>
    has(leaf, {
      sequence: (value) =>
        Array.isArray(value) && value.every((step) => has(step, { ...filter, without: optional(isTexts) })),
      within: isText,
    }),
  near: (leaf) =>
    has(leaf, {
      near: (value) =>
        has(value, { km: isNumber, lat: isNumber, lon: isNumber }) || has(value, { km: isNumber, store: isText }),
    }),
  consent: (leaf) =>
    has(leaf, { consent: isText, purpose: optional(isText), state: oneOf(["granted", "denied", "unknown"]) }),
  in_segment: (leaf) => has(leaf, { in_segment: isText }),
  in_list: (leaf) => has(leaf, { in_list: isText }),
  message: (leaf) =>
    has(leaf, {
      ...when,
      message: oneOf(REACTIONS),
      template: optional(isText),
      channel: optional(isText),
      count: optional(isNumberTest),
    }),
  in_journey: (leaf) => has(leaf, { in_journey: isText, state: oneOf(JOURNEY_STATES) }),
  in_experiment: (leaf) =>
    has(leaf, {
      in_experiment: (value) =>
        has(value, { arm: optional(isText) }) &&
        (has(value, { journey: isText, node: isText }) || has(value, { broadcast: isText })),
    }),
  random: (leaf) => has(leaf, { random: (value) => has(value, { percent: isNumber, seed: isText }) }),
  rfm: (leaf) =>
    has(leaf, {
      rfm: (value) => isText(value) || has(value, { recency: scores, frequency: scores, monetary: scores }),
    }),
};
