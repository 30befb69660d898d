import type { DidCondition, EventFilter, Leaf, NotFollowedCondition, SequenceCondition } from "../contracts.ts";
import { keptTimes } from "../predicates/count.ts";
import { channelsOf } from "../predicates/event-filter.ts";
import { checkedWindowMs, instantOf } from "../predicates/times.ts";
import { SUM_SCALE } from "../predicates/values.ts";
import type { Params } from "./params.ts";
import { amountSql, OPERATORS, testSql } from "./properties.ts";

/**
 * One leaf as aggregates over a person's events (columns name, channel, properties, at = ms). `holds` is its answer at
 * `now`; `state` is what the incremental twin would keep. Both mean exactly what `predicates/` means.
 */
export interface LeafSql {
  readonly names: readonly string[];
  readonly holds: string;
  readonly state: string;
}

export function leafSql(leaf: Leaf, now: number, params: Params): LeafSql {
  if ("sequence" in leaf) return sequenceSql(leaf, now, params);
  if ("not_followed_by" in leaf) return notFollowedSql(leaf, now, params);
  if ("did" in leaf) return didSql(leaf, now, params);
  throw new TypeError("only what a person did is asked of History");
}

export function matchSql(filter: EventFilter, params: Params): string {
  const channels = channelsOf(filter);
  return [
    `name = ${params.add(filter.did, "String")}`,
    ...(channels === null ? [] : [`has(${params.add(channels, "Array(String)")}, channel)`]),
    ...(filter.where ?? []).map((test) => `(${testSql(test, params)})`),
  ].join(" and ");
}

function didSql(leaf: DidCondition, now: number, params: Params): LeafSql {
  const meant = matchSql(leaf, params);
  const names = [leaf.did];
  const from = leaf.within === undefined ? null : params.int(now - checkedWindowMs(leaf.within));
  const counted = from === null ? meant : `(${meant}) and at > ${from}`;
  if (leaf.first ?? leaf.last) return { names, ...edgeSql(leaf, meant, now, params) };
  if (leaf.sum) {
    const amount = amountSql(leaf.sum.property, params);
    const bound = params.int(Math.floor(leaf.sum.value * SUM_SCALE + 0.5));
    const holds = `sumIf(${amount}, ${counted}) ${OPERATORS[leaf.sum.op]} ${bound}`;
    const state =
      from === null
        ? `if(countIf(${meant}) = 0, null, sumIf(${amount}, ${meant}))`
        : `groupArrayIf((at, ${amount}), ${counted})`;
    return { names, holds, state };
  }
  const test = leaf.count ?? { op: "gte" as const, value: 1 };
  const holds = `countIf(${counted}) ${OPERATORS[test.op]} ${params.add(test.value, "UInt32")}`;
  const newest = `arraySlice(arrayReverseSort(groupArrayIf(at, ${meant})), 1, ${keptTimes(test)})`;
  return { names, holds, state: from === null ? `nullIf(countIf(${meant}), 0)` : `arraySort(${newest})` };
}

function edgeSql(leaf: DidCondition, meant: string, now: number, params: Params): { holds: string; state: string } {
  const edge = leaf.first ?? leaf.last;
  if (!edge) throw new TypeError("no edge");
  const at = leaf.first ? `minOrNullIf(at, ${meant})` : `maxOrNullIf(at, ${meant})`;
  const isWindow = edge.op === "within_last" || edge.op === "not_within_last";
  const bound = params.int(isWindow ? now - checkedWindowMs(edge.value) : (instantOf(edge.value) ?? 0));
  const operator = { within_last: ">", not_within_last: "<=", before: "<", after: ">" }[edge.op];
  return { holds: `ifNull(${at} ${operator} ${bound}, 0)`, state: at };
}

function notFollowedSql(leaf: NotFollowedCondition, now: number, params: Params): LeafSql {
  const begun = `maxOrNullIf(at, ${matchSql(leaf, params)})`;
  const ended = `maxOrNullIf(at, has(${params.add(leaf.not_followed_by, "Array(String)")}, name))`;
  const old = params.int(now - checkedWindowMs(leaf.for));
  return {
    names: [leaf.did, ...leaf.not_followed_by],
    holds: `ifNull(${begun} <= ${old}, 0) and ifNull(${ended} < ${begun}, 1)`,
    state: `[${begun}, ${ended}]`,
  };
}

/** Chains of (time of the latest step, latest possible time of the first): each step takes the best chain before it. */
function sequenceSql(leaf: SequenceCondition, now: number, params: Params): LeafSql {
  const from = params.int(now - checkedWindowMs(leaf.within));
  const steps = leaf.sequence.map((step) => `(${matchSql(step, params)})`);
  const timesOf = (step: string) => `arrayDistinct(groupArrayIf(at, ${step} and at > ${from}))`;
  const [first = "0", ...rest] = steps;
  const chains = rest.reduce(
    (before, step) =>
      `arrayFilter(c -> c.2 > 0, arrayMap(t -> (t, arrayMax(arrayPushBack(arrayMap(c -> if(c.1 < t, c.2, toInt64(0)), ${before}), toInt64(0)))), ${timesOf(step)}))`,
    `arrayMap(t -> (t, t), ${timesOf(first)})`,
  );
  const bits = steps.map((step, index) => `${step} * ${2 ** index}`).join(" + ");
  return {
    names: [...new Set(leaf.sequence.map((step) => step.did))],
    holds: `notEmpty(${chains})`,
    state: `groupArrayIf((at, ${bits}), (${steps.join(" or ")}) and at > ${from})`,
  };
}
