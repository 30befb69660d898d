import type { Tx } from "../platform/db.ts";
import type { Json } from "../platform/json.ts";
import type { EventPredicate } from "./predicates/event-predicate.ts";
import type { Block, Entry, Series } from "./predicates/series.ts";
import {
  BOUNDS,
  type Bounds,
  isFar,
  isSame,
  keptHere,
  openBlock,
  type Settled,
  settleSeries,
} from "./predicates/settle-series.ts";
import { type BlockPlace, type BlockRow, putBlocks, removeBlocks } from "./queries/blocks.pg.ts";
import {
  loadStates,
  loadStatesOfAll,
  type PlacedState,
  type StateRow,
  type StateToSave,
  saveStates,
} from "./queries/states.pg.ts";

interface Held {
  state: Json | undefined;
  isTouched: boolean;
  /** Where the row it was read from lies. */
  readonly place: string | null;
  /** Somebody has still to be decided at this earlier moment: what mattered then is kept. */
  asOf?: number;
}

/** A kept predicate, as the registry has it. */
interface Kept {
  readonly id: number;
  readonly predicate: EventPredicate;
}

const NOTHING_YET: Held = { state: undefined, isTouched: false, place: null };

/** Folding many events of one person at one go must not copy an ever longer series for each. */
const MOST_UNSETTLED = 4;

/** The states of some people in the hands of one transaction, by person and predicate; written once, at the end. */
export class HeldStates {
  readonly #byPerson = new Map<string, Map<number, Held>>();
  readonly #put = new Map<string, BlockRow>();
  /** Blocks whose entries State keeps, as the states that were read have them. */
  readonly #before = new Map<string, BlockPlace>();
  readonly #bounds: Bounds;

  constructor(bounds: Bounds = BOUNDS) {
    this.#bounds = bounds;
  }

  get(profileId: string, predicateId: number): Json | undefined {
    return this.#byPerson.get(profileId)?.get(predicateId)?.state;
  }

  has(profileId: string, predicateId: number): boolean {
    return this.#byPerson.get(profileId)?.has(predicateId) ?? false;
  }

  /** Reads those of these pairs that are not at hand; all are afterwards. */
  async complete(tx: Tx, pairs: Iterable<PersonAndPredicate>): Promise<void> {
    const asked: PersonAndPredicate[] = [];
    for (const { profile_id, predicate_id } of pairs) {
      if (this.has(profile_id, predicate_id)) continue;
      this.#of(profile_id).set(predicate_id, { ...NOTHING_YET });
      asked.push({ profile_id, predicate_id });
    }
    asked.sort(byPerson);
    const found = await loadStates(
      tx,
      asked.map((pair) => pair.profile_id),
      asked.map((pair) => pair.predicate_id),
    );
    this.#hold(found);
  }

  /** The same for each of these people and each of these predicates, none of which is at hand yet. */
  async readAll(tx: Tx, profileIds: readonly string[], predicateIds: readonly number[]): Promise<void> {
    for (const profileId of profileIds) {
      const own = this.#of(profileId);
      for (const id of predicateIds) own.set(id, { ...NOTHING_YET });
    }
    this.#hold(await loadStatesOfAll(tx, [...profileIds].sort(), predicateIds));
  }

  #hold(read: readonly PlacedState[]): void {
    for (const row of read) {
      this.#of(row.profile_id).set(row.predicate_id, { state: row.state, isTouched: false, place: row.place });
      this.noteBlocks(row);
    }
  }

  /** Remembers which blocks stand in State for a state that was read. */
  noteBlocks({ profile_id, predicate_id, state }: StateRow): void {
    if (!Array.isArray(state) || !state.some((item) => Array.isArray(item) && item.length === 5)) return;
    for (const from_at of keptHere(state as unknown as Series))
      this.#before.set(`${profile_id} ${predicate_id} ${from_at}`, { profile_id, predicate_id, from_at });
  }

  /** Adds a contribution to what is at hand. */
  fold(profileId: string, { id, predicate }: Kept, contribution: Json): void {
    const kept = this.get(profileId, id);
    const state = kept === undefined ? contribution : predicate.combine(kept, contribution);
    this.#touch(profileId, id, state);
    if (predicate.series && Array.isArray(state) && state.length > MOST_UNSETTLED * this.#bounds.block)
      this.#settle(
        profileId,
        { id, predicate },
        settleSeries(state as unknown as Series, predicate.series, Number.NEGATIVE_INFINITY, this.#bounds),
      );
  }

  /** Puts the entries of a block in its place. */
  open(profileId: string, { id, predicate }: Kept, block: Block, entries: readonly Entry[]): void {
    const state = this.get(profileId, id);
    if (!predicate.series || !Array.isArray(state)) return;
    const opened = openBlock(state as unknown as Series, block, entries, predicate.series, this.#bounds);
    this.#settle(profileId, { id, predicate }, opened);
  }

  /** Its entries are not to be had from State. */
  leaveToHistory(profileId: string, { id }: Kept, block: Block): void {
    const state = this.get(profileId, id);
    if (!Array.isArray(state)) return;
    const series = (state as unknown as Series).map((item) =>
      isSame(item, block) ? ([...block.slice(0, 4), 0] as unknown as Block) : item,
    );
    this.#touch(profileId, id, series as unknown as Json);
  }

  /** Keeps what mattered at an earlier moment, at which this person could not be decided. */
  keepAsOf(profileId: string, predicateId: number, at: number): void {
    const held = this.#of(profileId).get(predicateId);
    if (held) held.asOf = Math.min(at, held.asOf ?? at);
  }

  #settle(profileId: string, { id }: Kept, { series, put }: Settled): void {
    this.#touch(profileId, id, series as unknown as Json);
    for (const entries of put) {
      const place = { profile_id: profileId, predicate_id: id, from_at: entries[0]?.[0] ?? 0 };
      this.#put.set(nameOf(place), { ...place, entries });
    }
  }

  /** Writes what has changed, within its bounds. Everybody is locked. */
  save(tx: Tx, predicates: ReadonlyMap<number, Kept>, now: number): void {
    const touched: StateToSave[] = [];
    const here = new Set<string>();
    for (const [profile_id, own] of this.#byPerson) {
      for (const [predicate_id, held] of own) {
        if (!held.isTouched || held.state === undefined) continue;
        const kept = predicates.get(predicate_id);
        let inHistory = false;
        if (kept?.predicate.series && Array.isArray(held.state)) {
          const settled = settleSeries(
            held.state as unknown as Series,
            kept.predicate.series,
            Math.min(now, held.asOf ?? now),
            this.#bounds,
          );
          this.#settle(profile_id, kept, settled);
          inHistory = settled.series.some(isFar);
          for (const from_at of keptHere(settled.series)) here.add(nameOf({ profile_id, predicate_id, from_at }));
        }
        touched.push({
          profile_id,
          predicate_id,
          state: this.get(profile_id, predicate_id) ?? null,
          in_history: inHistory,
          place: held.place,
        });
      }
    }
    saveStates(tx, touched.sort(byPerson));
    const isTouched = (place: BlockPlace) => this.#byPerson.get(place.profile_id)?.get(place.predicate_id)?.isTouched;
    removeBlocks(
      tx,
      [...this.#before].flatMap(([name, place]) => (here.has(name) || !isTouched(place) ? [] : [place])),
    );
    putBlocks(
      tx,
      [...this.#put].flatMap(([name, row]) => (here.has(name) ? [row] : [])),
    );
  }

  #touch(profileId: string, predicateId: number, state: Json): void {
    const own = this.#of(profileId);
    const { asOf, place } = own.get(predicateId) ?? NOTHING_YET;
    own.set(predicateId, { state, isTouched: true, place, ...(asOf === undefined ? {} : { asOf }) });
  }

  #of(profileId: string): Map<number, Held> {
    const own = this.#byPerson.get(profileId) ?? new Map<number, Held>();
    this.#byPerson.set(profileId, own);
    return own;
  }
}

export type PersonAndPredicate = Pick<StateRow, "profile_id" | "predicate_id">;

/** What is read and written of neighbours lies together. */
function byPerson(a: PersonAndPredicate, b: PersonAndPredicate): number {
  if (a.profile_id !== b.profile_id) return a.profile_id < b.profile_id ? -1 : 1;
  return a.predicate_id - b.predicate_id;
}

function nameOf({ profile_id, predicate_id, from_at }: BlockPlace): string {
  return `${profile_id} ${predicate_id} ${from_at}`;
}
