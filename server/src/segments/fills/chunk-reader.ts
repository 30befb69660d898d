import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import { askedByAll, type LeafPart, leafParts } from "../compile/leaf-parts.ts";
import { BEFORE_ALL, countPeopleWith, type FilledRow, fillStates, nextChunk } from "../queries/fill-states.ch.ts";
import type { FillRow } from "../queries/fills.pg.ts";
import { loadPredicates } from "../queries/load-registry.pg.ts";
import { comingRules } from "../queries/rules.pg.ts";

/** What History says of the people of one chunk, up to the watermark. */
export interface ReadChunk {
  /** Which chunk of which fill it is. */
  readonly name: string;
  readonly chunks: number;
  readonly upTo: string;
  readonly isLast: boolean;
  /** Per part of the definitions, the states of those who have events of it. */
  readonly parts: readonly { readonly part: LeafPart; readonly filled: readonly FilledRow[] }[];
}

interface ReaderDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
}

/**
 * Reads chunks from History outside of any transaction, the next one while the one before is being written. Nothing up
 * to a watermark changes by itself; whom rows belong to by then is looked up when they are written.
 */
export class ChunkReader {
  readonly #deps: ReaderDeps;
  #asked: Promise<ReadChunk> | null = null;

  constructor(deps: ReaderDeps) {
    this.#deps = deps;
  }

  /** Begins to read what comes next in this fill, `limit` people. */
  read(fill: FillRow, limit: number): void {
    this.#asked = this.#ask(fill, limit);
    // Whoever waits for it hears of an error; if nobody does, nothing was lost.
    this.#asked.catch(() => undefined);
  }

  /** What was asked for last, as soon as it is there; null when nothing was, or somebody has it already. */
  async take(): Promise<ReadChunk | null> {
    const asked = this.#asked;
    this.#asked = null;
    return await asked;
  }

  async #ask(fill: FillRow, limit: number): Promise<ReadChunk> {
    const { db, history, clock } = this.#deps;
    const now = clock.now().epochMilliseconds;
    const watermark = fill.watermark ?? 0;
    const unfilled = new Set((await loadPredicates(db)).flatMap((row) => (row.filled ? [] : row.key)));
    const definitions = (await comingRules(db)).map((rule) => rule.definition);
    const isUnfilled = (key: string) => unfilled.has(key);
    const asked = askedByAll(definitions, now, isUnfilled);
    const chunks =
      fill.chunk > 0 ? fill.chunks : Math.max(1, Math.ceil((await countPeopleWith(history, asked, watermark)) / limit));
    const after = fill.after_profile ?? BEFORE_ALL;
    const { upTo, people } = await nextChunk(history, asked, { watermark, after, limit });
    const parts: { part: LeafPart; filled: FilledRow[] }[] = [];
    for (const part of people === 0 ? [] : leafParts(definitions, now, isUnfilled))
      parts.push({ part, filled: await fillStates(history, part, { watermark, after, upTo }) });
    return { name: nameOf(fill), chunks, upTo, isLast: people < limit, parts };
  }
}

export function nameOf(fill: FillRow): string {
  return `${fill.group_id} ${fill.chunk} ${fill.after_profile}`;
}
