import type { Json } from "../../platform/json.ts";
import { type Entry, endOf, isBlock, type Series, type SeriesKind } from "./series.ts";

/** Of chains of the first 1, 2, … steps: when the one that began last began; null where there is none. */
type Starts = (number | null)[];

/**
 * What a stretch of time does to chains: for each number of steps done before it the bits of those that may be done after
 * it, and the chains that begin within it.
 */
interface Stretch {
  readonly reach: number[];
  readonly starts: Starts;
}

/**
 * Events by the bits of the steps that each can stand for. Blocks are understood by what they do to chains, so only
 * an event that comes late into a block makes its entries needed.
 */
export function stepsKind(window: number, length: number): SeriesKind {
  return {
    isOpenedAtEdge: false,
    digest: (entries) => written(stretchOf(entries, length)),
    join: (earlier, later) => written(inRow(read(earlier), read(later))),
    mix: () => null,
    needed: (series, at) => series.filter(isBlock).filter((block) => block[3] === null && block[1] > at - window),
    outdated(series, now) {
      const first = series.findIndex((item) => endOf(item) > now - window);
      return first === -1 ? series.length : first;
    },
  };
}

/** Of all complete chains when the one that began last began, if that was after `since`: it leaves the window last. */
export function latestStart(series: Series, length: number, since: number): number | null {
  let starts: Starts = new Array<null>(length).fill(null);
  let from = 0;
  for (const [index, item] of series.entries()) {
    if (!isBlock(item)) continue;
    starts = after(starts, stretchOf(series.slice(from, index) as Entry[], length));
    if (endOf(item) > since) starts = after(starts, read(item[3]));
    from = index + 1;
  }
  const last = after(starts, stretchOf(series.slice(from) as Entry[], length))[length - 1] ?? null;
  return last !== null && last > since ? last : null;
}

function stretchOf(entries: readonly Entry[], length: number): Stretch {
  const reach = Array.from({ length }, (_, done) => 1 << done);
  const starts: Starts = new Array<null>(length).fill(null);
  for (let i = 0; i < entries.length; ) {
    const at = entries[i]?.[0] ?? 0;
    let bits = 0;
    // What happened at one time is no order: it is looked at as one.
    for (; entries[i]?.[0] === at; i++) bits |= entries[i]?.[1] ?? 0;
    // The bits above those of the steps: what may not come before a step ends the chains that wait for it.
    const goesOn = bits & ((1 << length) - 1);
    const stays = ~(bits >> (length + 1)) | (1 << (length - 1));
    for (const [done, chains] of reach.entries()) reach[done] = (chains & stays) | ((chains << 1) & goesOn);
    // From the last step down, so that one time never serves two; a chain that ends at this very time is not ended by it.
    for (let last = length - 1; last >= 0; last--) {
      const isMet = (goesOn & (1 << last)) !== 0;
      const start = !isMet ? null : last === 0 ? at : (starts[last - 1] ?? null);
      starts[last] = latest((stays & (1 << last)) === 0 ? null : (starts[last] ?? null), start);
    }
  }
  return { reach, starts };
}

function after(before: Starts, { reach, starts }: Stretch): Starts {
  return starts.map((within, last) => {
    const gone = before.map((start, done) => (((reach[done] ?? 0) >> last) & 1 ? start : null));
    return gone.reduce(latest, within);
  });
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

function inRow(earlier: Stretch, later: Stretch): Stretch {
  const reach = earlier.reach.map((mask) =>
    later.reach.reduce((sum, own, done) => ((mask >> done) & 1 ? sum | own : sum), 0),
  );
  return { reach, starts: after(earlier.starts, later) };
}

function written({ reach, starts }: Stretch): Json {
  return [reach, starts];
}

function read(digest: Json): Stretch {
  const [reach, starts] = digest as unknown as [number[], Starts];
  return { reach, starts };
}
