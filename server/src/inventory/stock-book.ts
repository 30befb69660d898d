import { append, newEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { stockNews, sumAvailable } from "./arithmetic.ts";
import type { Cause, Touched } from "./contracts.ts";
import { takeExpired } from "./queries/allocations.pg.ts";
import { type LevelRow, lockLevels } from "./queries/lock-levels.pg.ts";
import { type MovementKind, type MovementRow, writeMovements } from "./queries/write-movements.pg.ts";

type Deltas = Partial<Pick<MovementRow, "on_hand" | "committed" | "reserved" | "safety">>;

/** The locked levels of some variants within one transaction, and the movements to be booked on them at its end. */
export interface StockBook {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly now: string;
  readonly levels: Map<string, LevelRow>;
  readonly movements: MovementRow[];
  readonly webBefore: ReadonlyMap<string, number>;
}

/** Locks all levels of the variants in the common order and ends the dead holds on them. */
export async function openBook(tx: Tx, clock: Clock, variantIds: readonly string[]): Promise<StockBook> {
  const now = clock.now().toString();
  const rows = await lockLevels(tx, variantIds);
  const book: StockBook = {
    tx,
    clock,
    now,
    levels: new Map(rows.map((row) => [keyOf(row.variant_id, row.location_id), row])),
    movements: [],
    webBefore: webNumbers(rows),
  };
  for (const dead of await takeExpired(tx, variantIds, now)) {
    const cause = { type: "order", id: dead.owner_id };
    move(book, levelAt(book, dead.variant_id, dead.location_id), "expire", { reserved: -dead.quantity }, cause);
  }
  return book;
}

export function levelAt(book: StockBook, variantId: string, locationId: string): LevelRow {
  const level = book.levels.get(keyOf(variantId, locationId));
  if (!level) throw new TypeError(`no level of ${variantId} at ${locationId} is locked`);
  return level;
}

export function levelsOf(book: StockBook, variantId: string): LevelRow[] {
  return [...book.levels.values()].filter((level) => level.variant_id === variantId);
}

/** Notes a movement and shows its effect on the level at once; it is written by `closeBook`. */
export function move(
  book: StockBook,
  level: LevelRow,
  kind: MovementKind,
  deltas: Deltas,
  cause: Cause,
  reason: string | null = null,
): LevelRow {
  const { on_hand = 0, committed = 0, reserved = 0, safety = 0 } = deltas;
  book.movements.push({
    id: newId(book.clock),
    variant_id: level.variant_id,
    location_id: level.location_id,
    product_id: level.product_id,
    kind,
    on_hand,
    committed,
    reserved,
    safety,
    source_type: cause.type,
    source_id: cause.id,
    reason,
    actor: cause.actor ?? null,
  });
  const after = {
    ...level,
    on_hand: level.on_hand + on_hand,
    committed: level.committed + committed,
    reserved: level.reserved + reserved,
    safety: level.safety + safety,
  };
  book.levels.set(keyOf(level.variant_id, level.location_id), after);
  return after;
}

/** Books what was noted, tells History when the web's number ran low, out or came back, and says what to announce. */
export async function closeBook(book: StockBook): Promise<Touched[]> {
  const written = await writeMovements(book.tx, book.movements, book.now);
  for (const m of book.movements.filter(({ id }) => !written.has(id))) forget(book, m);
  const webAfter = webNumbers([...book.levels.values()]);
  const products = new Map([...book.levels.values()].map((level) => [level.variant_id, level.product_id]));
  const news = [...webAfter].flatMap(([variantId, after]) => {
    const state = stockNews(book.webBefore.get(variantId) ?? 0, after);
    if (state === null) return [];
    const properties = {
      product_id: products.get(variantId) ?? null,
      variant_id: variantId,
      channel: "web",
      state,
      available: Math.max(0, after),
    };
    return [
      newEvent(book.clock, { messageId: newId(book.clock), source: "inventory", name: "Stock Changed", properties }),
    ];
  });
  await append(book.tx, news);
  const touched = new Map<string, Touched>();
  for (const m of book.movements) {
    const storeId = book.levels.get(keyOf(m.variant_id, m.location_id))?.store_id ?? null;
    touched.set(`${m.product_id} ${storeId}`, { productId: m.product_id, storeId });
  }
  return [...touched.values()];
}

/** A delivery that was received before moved nothing. */
function forget(book: StockBook, m: MovementRow): void {
  const level = levelAt(book, m.variant_id, m.location_id);
  book.levels.set(keyOf(m.variant_id, m.location_id), { ...level, on_hand: level.on_hand - m.on_hand });
  book.movements.splice(book.movements.indexOf(m), 1);
}

function keyOf(variantId: string, locationId: string): string {
  return `${variantId} ${locationId}`;
}

/** Per variant, what the web may sell: the signed sum over all places it may sell from. */
function webNumbers(levels: readonly LevelRow[]): Map<string, number> {
  const byVariant = Map.groupBy(levels, (level) => level.variant_id);
  return new Map([...byVariant].map(([id, all]) => [id, sumAvailable(all.filter((level) => level.web_sellable))]));
}
