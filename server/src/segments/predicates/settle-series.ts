import { type Block, countOf, type Entry, type Item, isBlock, type Series, type SeriesKind } from "./series.ts";

/** How much of a person is kept for one predicate, in entries. */
export interface Bounds {
  /** A block's; of the newest entries between one and two such numbers stay single. */
  readonly block: number;
  /** In State; what is beyond is in History only. */
  readonly here: number;
  /** Blocks of History; beyond that they are joined. */
  readonly blocks: number;
}

/** A state of some 12 kB at most; 10,000 entries in State. */
export const BOUNDS: Bounds = { block: 256, here: 10_000, blocks: 64 };

export interface Settled {
  readonly series: Series;
  /** Entries of blocks that are to be kept in State from now on. */
  readonly put: readonly (readonly Entry[])[];
}

/**
 * Brings a series back within its bounds: outdated items go, older entries are closed into blocks. The oldest blocks keep
 * their entries in State, because these leave the window first and are needed then; the newer ones are left to History.
 */
export function settleSeries(series: Series, kind: SeriesKind, now: number, bounds: Bounds): Settled {
  const outdated = kind.outdated(series, now);
  const items = outdated === 0 ? series : series.slice(outdated);
  if (items.length <= 2 * bounds.block) return { series: items, put: [] };
  const { closed, put } = closeBlocks(items, kind, bounds);
  return { series: put.length > 0 || closed.length < items.length ? joinBlocks(closed, kind, bounds) : items, put };
}

/** Turns entries into blocks, but for those at the old end in front of a block, and the newest. */
function closeBlocks(items: Series, kind: SeriesKind, { block, here }: Bounds): { closed: Item[]; put: Entry[][] } {
  const lastBlock = items.findLastIndex(isBlock);
  const closed: Item[] = items.slice(0, lastBlock + 1);
  const put: Entry[][] = [];
  let room = kind.isOpenedAtEdge ? here - 2 * block - closed.reduce((sum, item) => sum + countHere(item), 0) : 0;
  let rest = items.slice(lastBlock + 1) as Entry[];
  while (rest.length > 2 * block) {
    const entries = rest.slice(0, wholeTimes(rest, block));
    rest = rest.slice(entries.length);
    const isHere = room >= entries.length;
    room -= entries.length;
    if (isHere) put.push(entries);
    closed.push(blockOf(entries, kind, isHere));
  }
  closed.push(...rest);
  return { closed, put };
}

function countHere(item: Item): number {
  return isFar(item) ? 0 : countOf(item);
}

/** The first `length` entries, and those of the same time as the last of them. */
function wholeTimes(entries: readonly Entry[], length: number): number {
  let end = length;
  while (end < entries.length && entries[end]?.[0] === entries[end - 1]?.[0]) end++;
  return end;
}

function blockOf(entries: readonly Entry[], kind: SeriesKind, isHere: boolean): Block {
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) throw new TypeError("a block has entries");
  return [first[0], last[0], entries.length, kind.digest(entries), isHere ? 1 : 0];
}

/** Neighbours that only History has become one while they are few or small. */
function joinBlocks(items: readonly Item[], kind: SeriesKind, { block, blocks }: Bounds): Series {
  const farOff = items.filter((item) => isBlock(item) && item[4] === 0) as Block[];
  const largest = Math.max(16 * block, Math.ceil((2 * farOff.reduce((sum, item) => sum + item[2], 0)) / blocks));
  const made: Item[] = [];
  for (const item of items) {
    const before = made.at(-1);
    const isJoined = before !== undefined && isFar(before) && isFar(item) && before[2] + item[2] <= largest;
    if (isJoined) made.splice(-1, 1, joined(before, item, kind));
    else made.push(item);
  }
  return made;
}

export function isFar(item: Item): item is Block {
  return isBlock(item) && item[4] === 0;
}

function joined(a: Block, b: Block, kind: SeriesKind): Block {
  const digest = a[3] === null || b[3] === null ? null : kind.join(a[3], b[3]);
  return [a[0], b[1], a[2] + b[2], digest, 0];
}

/** The series with a block opened: of the one at the window's edge the oldest entries stay single. */
export function openBlock(
  series: Series,
  block: Block,
  entries: readonly Entry[],
  kind: SeriesKind,
  bounds: Bounds,
): Settled {
  const put: Entry[][] = [];
  const opened: Item[] = [];
  for (let rest = entries; rest.length > 0; ) {
    const part = rest.slice(0, wholeTimes(rest, bounds.block));
    rest = rest.slice(part.length);
    if (kind.isOpenedAtEdge && opened.length === 0) {
      opened.push(...part);
      continue;
    }
    const isHere = kind.isOpenedAtEdge && put.length * bounds.block < bounds.here;
    if (isHere) put.push(part);
    opened.push(blockOf(part, kind, isHere));
  }
  const opens = series.flatMap((item) => (isSame(item, block) ? opened : [item]));
  return { series: joinBlocks(opens, kind, bounds), put };
}

export function isSame(item: Item, block: Block): boolean {
  return isBlock(item) && item[0] === block[0] && item[1] === block[1] && item[2] === block[2];
}

/** The first times of the blocks whose entries State keeps: their names there. */
export function keptHere(series: Series): number[] {
  return series.flatMap((item) => (isBlock(item) && item[4] === 1 ? [item[0]] : []));
}
