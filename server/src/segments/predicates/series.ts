import type { Json } from "../../platform/json.ts";

/**
 * What a person's events have fed into a window, ascending by time: single entries, and between them blocks of many, of
 * which only a digest is at hand. So a person with a hundred thousand events costs a batch no more than one with some
 * hundred: new entries are appended behind the blocks.
 */
export type Series = readonly Item[];
export type Item = Entry | Block;
/** [time in ms, amount or bits]. Entries of one time stand side by side. */
export type Entry = readonly [at: number, value: number];
/** [first time, last time, entries, digest, whether its entries are kept in State]. Nothing else lies in its times. */
export type Block = readonly [from: number, to: number, n: number, digest: Json, here: 0 | 1];

/** How the entries of one predicate are understood. */
export interface SeriesKind {
  /** What a block has to say of its entries. */
  digest(entries: readonly Entry[]): Json;
  /** Of two blocks in a row, the earlier first. */
  join(earlier: Json, later: Json): Json;
  /** Of two sets of entries that lie among each other; null when the entries themselves are needed to tell. */
  mix(a: Json, b: Json): Json;
  /** The blocks whose entries are needed to answer at an instant. */
  needed(series: Series, at: number): readonly Block[];
  /** Whether entries leave one by one: then the block at the window's edge is opened, and State keeps the oldest. */
  readonly isOpenedAtEdge: boolean;
  /** How many of the oldest items no answer at `now` or later can depend on. */
  outdated(series: Series, now: number): number;
}

export function isBlock(item: Item): item is Block {
  return item.length === 5;
}

export function startOf(item: Item): number {
  return item[0];
}

export function endOf(item: Item): number {
  return isBlock(item) ? item[1] : item[0];
}

export function countOf(item: Item): number {
  return isBlock(item) ? item[2] : 1;
}

/** Both, as if all had come in order. What falls among the entries of a block joins it; only History has it whole then. */
export function combineSeries(a: Series, b: Series, kind: SeriesKind): Series {
  const [first] = b;
  const last = a.at(-1);
  if (first !== undefined && last !== undefined && endOf(last) < startOf(first)) return [...a, ...b];
  const sorted = [...a, ...b].sort(inOrder);
  if (!sorted.some(isBlock)) return sorted;
  const made: Item[] = [];
  for (const item of sorted) {
    const before = made.at(-1);
    if (before !== undefined && startOf(item) <= endOf(before) && (isBlock(item) || isBlock(before)))
      made.push(mixed(made.pop() ?? before, item, kind));
    else made.push(item);
  }
  return made;
}

function mixed(a: Item, b: Item, kind: SeriesKind): Block {
  const [x, y] = [digestOf(a, kind), digestOf(b, kind)];
  const digest = x === null || y === null ? null : kind.mix(x, y);
  return [Math.min(startOf(a), startOf(b)), Math.max(endOf(a), endOf(b)), countOf(a) + countOf(b), digest, 0];
}

function digestOf(item: Item, kind: SeriesKind): Json {
  return isBlock(item) ? item[3] : kind.digest([item]);
}

/** Entries of one time by value, so that equal states are written alike; a block before entries of its first time. */
function inOrder(a: Item, b: Item): number {
  return startOf(a) - startOf(b) || Number(isBlock(b)) - Number(isBlock(a)) || a[1] - b[1];
}
