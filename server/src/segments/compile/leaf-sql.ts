import type {
  DidCondition,
  EventFilter,
  Leaf,
  MoreOftenCondition,
  NotFollowedCondition,
  SequenceCondition,
} from "../contracts.ts";
import { createCalendar, type Span, spanOf, WORDS, zoneOf } from "../predicates/calendar.ts";
import { keptTimes } from "../predicates/count.ts";
import { boundOf } from "../predicates/edge.ts";
import { channelsOf } from "../predicates/event-filter.ts";
import { namesOfSequence } from "../predicates/sequence.ts";
import { checkedWindowMs } from "../predicates/times.ts";
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
  if ("more_often_than" in leaf) return moreOftenSql(leaf, params);
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
  if (leaf.first ?? leaf.last) return { names, ...edgeSql(leaf, meant, now, params) };
  const amount = leaf.sum ? amountSql(leaf.sum.property, params) : null;
  const test = leaf.sum ?? leaf.count ?? { op: "gte" as const, value: 1 };
  const bound = leaf.sum ? params.int(Math.floor(leaf.sum.value * SUM_SCALE + 0.5)) : params.add(test.value, "UInt32");
  const total = (counted: string) => (amount === null ? `countIf(${counted})` : `sumIf(${amount}, ${counted})`);
  /** The total as a state: null for somebody without such events. */
  const kept = (counted: string) => `if(countIf(${counted}) = 0, null, ${total(counted)})`;
  const answer = (counted: string) => `${total(counted)} ${OPERATORS[test.op]} ${bound}`;

  if (leaf.during !== undefined) {
    const inSpan = (span: Span) => `(${meant}) and ${spanSql(span, params)}`;
    const asked = spanOf(leaf.during, zoneOf(leaf), now);
    if (typeof leaf.during !== "string") return { names, holds: answer(inSpan(asked)), state: kept(inSpan(asked)) };
    const totals = newestPeriods(leaf.during, zoneOf(leaf), now).map(
      (span) => `(toInt64(${params.int(span.from)}), toInt64(${total(inSpan(span))}), countIf(${inSpan(span)}))`,
    );
    const state = `arrayMap(t -> (t.1, t.2), arrayFilter(t -> t.3 > 0, [${totals.join(", ")}]))`;
    return { names, holds: answer(inSpan(asked)), state };
  }
  if (leaf.within === undefined) return { names, holds: answer(meant), state: kept(meant) };
  const counted = `(${meant}) and at > ${params.int(now - checkedWindowMs(leaf.within))}`;
  const state =
    amount === null
      ? `arraySort(arraySlice(arrayReverseSort(groupArrayIf(at, ${meant})), 1, ${keptTimes(test)}))`
      : `groupArrayIf((at, ${amount}), ${counted})`;
  return { names, holds: answer(counted), state };
}

function spanSql(span: Span, params: Params): string {
  return `at >= ${params.int(span.from)} and at < ${params.int(span.to)}`;
}

/** The period of the present and the one before: whatever a word will ever mean again. */
export function newestPeriods(word: keyof typeof WORDS, zone: string, now: number): Span[] {
  const calendar = createCalendar(WORDS[word].unit, zone);
  return [calendar(calendar(now).from - 1), calendar(now)];
}

function edgeSql(leaf: DidCondition, meant: string, now: number, params: Params): { holds: string; state: string } {
  const edge = leaf.first ?? leaf.last;
  if (!edge) throw new TypeError("no edge");
  const at = leaf.first ? `minOrNullIf(at, ${meant})` : `maxOrNullIf(at, ${meant})`;
  if (edge.op === "during") {
    const span = spanOf(edge.value, zoneOf(leaf), now);
    return { holds: `ifNull(${at} >= ${params.int(span.from)} and ${at} < ${params.int(span.to)}, 0)`, state: at };
  }
  const isWindow = edge.op === "within_last" || edge.op === "not_within_last";
  const bound = params.int(isWindow ? now - boundOf(edge) : boundOf(edge));
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

function moreOftenSql(leaf: MoreOftenCondition, params: Params): LeafSql {
  const than = leaf.more_often_than;
  const more = `toInt64(countIf(${matchSql(leaf, params)})) - toInt64(countIf(${matchSql(than, params)}))`;
  return { names: [...new Set([leaf.did, than.did])], holds: `(${more}) > 0`, state: `nullIf(${more}, 0)` };
}

/**
 * Chains of (time of the latest step, latest possible time of the first): each step takes the best chain before it that
 * ends before it and not before the last event that may not lie between.
 */
function sequenceSql(leaf: SequenceCondition, now: number, params: Params): LeafSql {
  const from = params.int(now - checkedWindowMs(leaf.within));
  const timesOf = (meant: string) => `arrayDistinct(groupArrayIf(at, (${meant}) and at > ${from}))`;
  const steps = leaf.sequence.map((step) => {
    const breaks = step.without && `has(${params.add(step.without, "Array(String)")}, name)`;
    return { meant: `(${matchSql(step, params)})`, breaks };
  });
  const [first, ...rest] = steps;
  const chains = rest.reduce(
    (before, { meant, breaks }) => {
      const since =
        breaks === undefined ? "0" : `arrayMax(arrayPushBack(arrayFilter(b -> b < t, ${timesOf(breaks)}), 0))`;
      const times = `arrayMap(t -> (t, ${since}), ${timesOf(meant)})`;
      const best = `arrayMax(arrayPushBack(arrayMap(c -> if(c.1 < t.1 and c.1 >= t.2, c.2, toInt64(0)), ${before}), toInt64(0)))`;
      return `arrayFilter(c -> c.2 > 0, arrayMap(t -> (t.1, ${best}), ${times}))`;
    },
    `arrayMap(t -> (t, t), ${timesOf(first?.meant ?? "0")})`,
  );
  const bits = steps.flatMap(({ meant, breaks }, index) => [
    `${meant} * ${2 ** index}`,
    ...(breaks === undefined ? [] : [`${breaks} * ${2 ** (index + steps.length)}`]),
  ]);
  const feeds = steps.flatMap(({ meant, breaks }) => [meant, ...(breaks === undefined ? [] : [breaks])]);
  return {
    names: namesOfSequence(leaf),
    holds: `notEmpty(${chains})`,
    state: `groupArrayIf((at, ${bits.join(" + ")}), (${feeds.join(" or ")}) and at > ${from})`,
  };
}
