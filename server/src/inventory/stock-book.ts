import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { Cause, Touched } from "./contracts.ts";
import { takeExpired } from "./queries/allocations.pg.ts";
import { type LevelRow, lockLevels } from "./queries/lock-levels.pg.ts";
import { type Deltas, type MovementKind, type MovementRow, writeMovements } from "./queries/write-movements.pg.ts";
import { type Numbers, numbersOf, tellNews } from "./stock-news.ts";

/** The locked levels of some variants within one transaction, and the movements to be booked on them at its end. */
export interface StockBook {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly now: string;
  readonly levels: Map<string, LevelRow[]>;
  readonly movements: MovementRow[];
  readonly before: Numbers;
}

const NOTHING: Deltas = {
  on_hand: 0,
  committed: 0,
  reserved: 0,
  safety: 0,
  damaged: 0,
  quality_control: 0,
  incoming: 0,
};

/** Locks all levels of the variants in the common order and ends the dead holds on them. */
export async function openBook(tx: Tx, clock: Clock, variantIds: readonly string[]): Promise<StockBook> {
  const rows = await lockLevels(tx, variantIds);
  // Read behind the locks: what died while we waited for them is dead.
  const now = clock.now().toString({ smallestUnit: "millisecond" });
  const levels = Map.groupBy(rows, (row) => row.variant_id);
  const book: StockBook = { tx, clock, now, levels, movements: [], before: numbersOf(levels) };
  for (const dead of await takeExpired(tx, variantIds, now)) {
    const cause = { type: dead.owner_type, id: dead.owner_id };
    move(book, levelAt(book, dead.variant_id, dead.location_id), "expire", { reserved: -dead.quantity }, cause);
  }
  return book;
}

export function levelAt(book: StockBook, variantId: string, locationId: string): LevelRow {
  const level = levelsOf(book, variantId).find((row) => row.location_id === locationId);
  if (!level) throw new TypeError(`no level of ${variantId} at ${locationId} is locked`);
  return level;
}

export function levelsOf(book: StockBook, variantId: string): readonly LevelRow[] {
  return book.levels.get(variantId) ?? [];
}

export interface MoveNote {
  readonly reason?: string | null;
  /** When it happened, if that is before now. */
  readonly happenedAt?: string;
}

/** Notes a movement and shows its effect on the level at once; it is written by `closeBook`. */
export function move(
  book: StockBook,
  level: LevelRow,
  kind: MovementKind,
  deltas: Partial<Deltas>,
  cause: Cause,
  note: MoveNote = {},
): LevelRow {
  const movement: MovementRow = {
    ...NOTHING,
    ...deltas,
    id: newId(book.clock),
    variant_id: level.variant_id,
    location_id: level.location_id,
    product_id: level.product_id,
    kind,
    source_type: cause.type,
    source_id: cause.id,
    reason: note.reason ?? null,
    actor: cause.actor ?? null,
    happened_at: note.happenedAt ?? book.now,
  };
  book.movements.push(movement);
  return apply(book, movement, 1);
}

/** Takes back what was noted after `mark` movements. */
export function rollBack(book: StockBook, mark: number): void {
  for (const movement of book.movements.splice(mark)) apply(book, movement, -1);
}

/** Books what was noted, tells which channels and stores ran low, out or have it again, and says what to announce. */
export async function closeBook(book: StockBook): Promise<Touched[]> {
  const known = await writeMovements(book.tx, book.movements, book.now);
  const repeated = book.movements.filter(({ id }) => known.has(id));
  // A delivery that was received before moved nothing.
  for (const movement of repeated) {
    apply(book, movement, -1);
    book.movements.splice(book.movements.indexOf(movement), 1);
  }
  if (book.movements.length > 0) await tellNews(book.tx, book.clock, book.before, book.levels);
  const touched = new Map<string, Touched>();
  for (const m of book.movements) {
    const storeId = levelAt(book, m.variant_id, m.location_id).store_id;
    touched.set(`${m.product_id} ${storeId}`, { productId: m.product_id, storeId });
  }
  return [...touched.values()];
}

function apply(book: StockBook, m: MovementRow, sign: 1 | -1): LevelRow {
  const rows = book.levels.get(m.variant_id) ?? [];
  const at = rows.findIndex((row) => row.location_id === m.location_id);
  const level = rows[at];
  if (!level) throw new TypeError(`no level of ${m.variant_id} at ${m.location_id} is locked`);
  const after = {
    ...level,
    on_hand: level.on_hand + sign * m.on_hand,
    committed: level.committed + sign * m.committed,
    reserved: level.reserved + sign * m.reserved,
    safety: level.safety + sign * m.safety,
    damaged: level.damaged + sign * m.damaged,
    quality_control: level.quality_control + sign * m.quality_control,
    incoming: level.incoming + sign * m.incoming,
  };
  rows[at] = after;
  return after;
}
