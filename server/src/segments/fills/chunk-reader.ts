import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import type { Json } from "../../platform/json.ts";
import { askedByAll, leafParts, normaliseState } from "../compile/leaf-parts.ts";
import type { EventPredicate } from "../predicates/event-predicate.ts";
import { BEFORE_ALL, countPeopleWith, fillStates, nextChunk } from "../queries/fill-states.ch.ts";
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

/** What somebody did, as far as it is kept under one id and asked by one statement. */
export interface PersonRead {
  /** Of the rows; it never changes. */
  readonly profileId: string;
  /** Who that was when it was read. */
  readonly personId: string;
  readonly states: readonly (readonly [EventPredicate, Json])[];
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

interface Chunk {
  readonly slices: readonly Slice[];
  readonly next: FillRow | null;
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
    this.#ask(fill);
  }

  /** What comes next, as soon as it is there; null when nothing was asked for. */
  async take(): Promise<Slice | null> {
    if (this.#slices.length === 0 && this.#asked !== null) {
      const asked = this.#asked;
      this.#asked = null;
      const { slices, next } = await asked;
      this.#slices = [...slices];
      if (next) this.#ask(next);
    }
    return this.#slices.shift() ?? null;
  }

  #ask(fill: FillRow): void {
    this.#asked = this.#read(fill);
    // Whoever waits for it hears of an error; if nobody does, nothing was lost.
    this.#asked.catch(() => undefined);
  }

  async #read(fill: FillRow): Promise<Chunk> {
    const { db, history, clock } = this.#deps;
    const { chunk: limit, slice } = this.#sizes;
    const now = clock.now().epochMilliseconds;
    const watermark = fill.watermark ?? 0;
    const unfilled = new Set((await loadPredicates(db)).flatMap((row) => (row.filled ? [] : row.key)));
    const definitions = (await comingRules(db)).map((rule) => rule.definition);
    const isUnfilled = (key: string) => unfilled.has(key);
    const asked = askedByAll(definitions, now, isUnfilled);
    const slices =
      fill.chunk > 0 ? fill.chunks : Math.max(1, Math.ceil((await countPeopleWith(history, asked, watermark)) / slice));
    const after = fill.after_profile ?? BEFORE_ALL;
    const { upTo, people } = await nextChunk(history, asked, { watermark, after, limit });
    const read: PersonRead[] = [];
    for (const part of people === 0 ? [] : leafParts(definitions, now, isUnfilled))
      for (const row of await fillStates(history, part, { watermark, after, upTo }))
        read.push({
          profileId: row.profile_id,
          personId: row.person_id,
          states: part.leaves.flatMap(({ predicate }, index) => {
            const state = normaliseState(predicate, row.states[index] ?? null);
            return state === null ? [] : [[predicate, state] as const];
          }),
        });
    return cut(fill, { slices, upTo, isLast: people < limit }, inOrder(read), slice);
  }
}

/** Cuts what was read of a chunk into slices, and says where the next chunk begins. */
function cut(
  fill: FillRow,
  chunk: Pick<Slice, "slices" | "upTo" | "isLast">,
  read: readonly PersonRead[],
  most: number,
): Chunk {
  const slices: Slice[] = [];
  let at = fill;
  let from = 0;
  do {
    let to = Math.min(from + most, read.length);
    // Somebody of whom several statements tell stays whole.
    while (to > from && to < read.length && read[to]?.profileId === read[to - 1]?.profileId) to++;
    const isEnd = to === read.length;
    const slice = {
      name: nameOf(at),
      slices: chunk.slices,
      upTo: isEnd ? chunk.upTo : (read[to - 1] as PersonRead).profileId,
      isLast: isEnd && chunk.isLast,
      read: read.slice(from, to),
    };
    slices.push(slice);
    at = afterSlice(at, slice);
    from = to;
  } while (from < read.length);
  return { slices, next: chunk.isLast ? null : at };
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
  const placeOf = ({ profileId }: PersonRead) => profileId.slice(HALF) + profileId.slice(0, HALF);
  return read
    .map((one) => ({ place: placeOf(one), one }))
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .map(({ one }) => one);
}

const HALF = "00000000-0000-0000-".length;
