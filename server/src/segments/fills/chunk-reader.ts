import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import { askedByAll, type LeafPart, leafParts } from "../compile/leaf-parts.ts";
import { AFTER_ALL, BEFORE_ALL, chunkEnds, type FilledRow, fillStates } from "../queries/fill-states.ch.ts";
import type { FillRow } from "../queries/fills.pg.ts";
import { loadPredicates } from "../queries/load-registry.pg.ts";
import { comingRules } from "../queries/rules.pg.ts";

/** What History says of some people that follow one another there, up to the watermark: as many as are written at one go. */
export interface Slice {
  /** Where in which fill it begins. */
  readonly name: string;
  /** How many slices there are, roughly. */
  readonly slices: number;
  readonly upTo: string;
  readonly isLast: boolean;
  readonly read: readonly PersonRead[];
}

/** What one statement says of somebody, as far as it is kept under one id. */
export interface PersonRead {
  readonly part: LeafPart;
  readonly row: FilledRow;
}

interface ReaderDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
}

interface Sizes {
  /** People read by one statement. */
  readonly chunk: number;
  /** Those of them that are written at one go. */
  readonly slice: number;
}

/** What is still to be read of a fill. */
interface Rest {
  readonly fill: FillRow;
  readonly parts: readonly LeafPart[];
  readonly ends: readonly string[];
  readonly slices: number;
}

interface Chunk {
  readonly slices: readonly Slice[];
  readonly rest: Rest;
}

/**
 * Reads from History outside of any transaction, the next chunk while the one before is being written. Nothing up to a
 * watermark changes by itself; whom rows belong to by then is looked up when they are written.
 */
export class ChunkReader {
  readonly #deps: ReaderDeps;
  readonly #sizes: Sizes;
  #asked: Promise<Chunk> | null = null;
  #slices: Slice[] = [];

  constructor(deps: ReaderDeps, sizes: Sizes) {
    this.#deps = deps;
    this.#sizes = sizes;
  }

  /** Begins to read what comes next in this fill. */
  read(fill: FillRow): void {
    this.#slices = [];
    this.#ask(this.#restOf(fill).then((rest) => this.#readNext(rest)));
  }

  /** What comes next, as soon as it is there; null when nothing was asked for. */
  async take(): Promise<Slice | null> {
    if (this.#slices.length === 0 && this.#asked !== null) {
      const asked = this.#asked;
      this.#asked = null;
      const { slices, rest } = await asked;
      this.#slices = [...slices];
      if (rest.ends.length > 0) this.#ask(this.#readNext(rest));
    }
    return this.#slices.shift() ?? null;
  }

  #ask(chunk: Promise<Chunk>): void {
    this.#asked = chunk;
    // Whoever waits for it hears of an error; if nobody does, nothing was lost.
    chunk.catch(() => undefined);
  }

  async #restOf(fill: FillRow): Promise<Rest> {
    const { db, history, clock } = this.#deps;
    const now = clock.now().epochMilliseconds;
    const unfilled = new Set((await loadPredicates(db)).flatMap((row) => (row.filled ? [] : row.key)));
    const definitions = (await comingRules(db)).map((rule) => rule.definition);
    const isUnfilled = (key: string) => unfilled.has(key);
    const ends = await chunkEnds(history, askedByAll(definitions, now, isUnfilled), {
      watermark: fill.watermark ?? 0,
      after: fill.after_profile ?? BEFORE_ALL,
      limit: this.#sizes.chunk,
    });
    const slices = fill.chunk + Math.ceil((ends.length * this.#sizes.chunk) / this.#sizes.slice);
    return { fill, parts: leafParts(definitions, now, isUnfilled), ends, slices };
  }

  async #readNext({ ends: [upTo = AFTER_ALL, ...ends], ...rest }: Rest): Promise<Chunk> {
    const { fill, parts } = rest;
    const bounds = { watermark: fill.watermark ?? 0, after: fill.after_profile ?? BEFORE_ALL, upTo };
    const read: PersonRead[] = [];
    for (const part of parts)
      for (const row of await fillStates(this.#deps.history, part, bounds)) read.push({ part, row });
    const { slices, next } = cut(
      fill,
      { slices: rest.slices, upTo, isLast: ends.length === 0 },
      read,
      this.#sizes.slice,
    );
    return { slices, rest: { ...rest, fill: next, ends } };
  }
}

/** Cuts what was read of a chunk into slices, and says where the next chunk begins. */
function cut(
  fill: FillRow,
  chunk: Pick<Slice, "slices" | "upTo" | "isLast">,
  given: readonly PersonRead[],
  most: number,
): { readonly slices: readonly Slice[]; readonly next: FillRow } {
  const read = inOrder(given);
  const slices: Slice[] = [];
  let at = fill;
  let from = 0;
  do {
    let to = Math.min(from + most, read.length);
    // Somebody of whom several statements tell stays whole.
    while (to > from && to < read.length && read[to]?.row.profile_id === read[to - 1]?.row.profile_id) to++;
    const isEnd = to === read.length;
    const slice = {
      name: nameOf(at),
      slices: chunk.slices,
      upTo: isEnd ? chunk.upTo : (read[to - 1] as PersonRead).row.profile_id,
      isLast: isEnd && chunk.isLast,
      read: read.slice(from, to),
    };
    slices.push(slice);
    at = afterSlice(at, slice);
    from = to;
  } while (from < read.length);
  return { slices, next: at };
}

/** Where a fill stands once a slice is written. */
export function afterSlice(fill: FillRow, { slices, upTo }: Pick<Slice, "slices" | "upTo">): FillRow {
  const chunk = fill.chunk + 1;
  return { ...fill, chunk, chunks: Math.max(chunk, slices), after_profile: upTo };
}

export function nameOf(fill: FillRow): string {
  return `${fill.group_id} ${fill.chunk} ${fill.after_profile}`;
}

/** As ClickHouse orders ids: by their second half first. */
function inOrder(read: readonly PersonRead[]): PersonRead[] {
  const placeOf = ({ row: { profile_id: id } }: PersonRead) => id.slice(HALF) + id.slice(0, HALF);
  return read
    .map((one) => ({ place: placeOf(one), one }))
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .map(({ one }) => one);
}

const HALF = "00000000-0000-0000-".length;
