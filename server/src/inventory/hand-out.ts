import { readItems } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { sumLines } from "./arithmetic.ts";
import type { Cause, Discrepancy, Line, Touched } from "./contracts.ts";
import { dropAllocations, loadAllocations } from "./queries/allocations.pg.ts";
import { addDiscrepancies } from "./queries/discrepancies.pg.ts";
import { type LevelRow, openLevels } from "./queries/lock-levels.pg.ts";
import { closeBook, levelAt, move, openBook, type StockBook } from "./stock-book.ts";

export interface HandedOut {
  readonly touched: Touched[];
  readonly discrepancies: readonly Omit<Discrepancy, "opened_at">[];
}

export interface SaleInHand {
  readonly locationId: string;
  readonly lines: readonly Line[];
  readonly cause: Cause;
}

/**
 * Sells goods that the customer holds in her hand: never refused. If the books have fewer, they were wrong; if what
 * was promised to others no longer lies there, somebody has to see to it. Both are written down as discrepancies.
 */
export async function sellInHand(tx: Tx, clock: Clock, sale: SaleInHand): Promise<HandedOut> {
  const lines = sumLines(sale.lines);
  const ids = lines.map((line) => line.variantId);
  await openLevels(tx, await missingLevels(tx, ids, sale.locationId));
  const book = await openBook(tx, clock, ids);
  const discrepancies: Omit<Discrepancy, "opened_at">[] = [];
  for (const { variantId, quantity } of lines) {
    const before = levelAt(book, variantId, sale.locationId);
    const missing = quantity - before.on_hand;
    const level = missing > 0 ? find(book, before, missing, sale.cause) : before;
    const after = move(book, level, "sale", { on_hand: -quantity }, sale.cause);
    const undercut = owedTooMuch(after) - owedTooMuch(before);
    if (missing > 0) discrepancies.push(discrepancyOf(clock, after, "not_on_hand", missing, sale.cause));
    if (undercut > 0) discrepancies.push(discrepancyOf(clock, after, "promised", undercut, sale.cause));
  }
  await addDiscrepancies(tx, discrepancies, book.now);
  return { touched: await closeBook(book), discrepancies };
}

/** The committed goods of an order leave the house. Doing it twice changes nothing. */
export async function handOver(tx: Tx, clock: Clock, owner: string, actor: string | null): Promise<HandedOut> {
  const seen = await loadAllocations(tx, owner);
  const book = await openBook(
    tx,
    clock,
    seen.map((row) => row.variant_id),
  );
  const cause = { type: "order", id: owner, actor };
  const discrepancies: Omit<Discrepancy, "opened_at">[] = [];
  for (const row of await loadAllocations(tx, owner)) {
    if (row.state !== "committed") continue;
    const before = levelAt(book, row.variant_id, row.location_id);
    const missing = row.quantity - before.on_hand;
    const level = missing > 0 ? find(book, before, missing, cause) : before;
    if (missing > 0) discrepancies.push(discrepancyOf(clock, level, "not_on_hand", missing, cause));
    move(book, level, "hand_over", { on_hand: -row.quantity, committed: -row.quantity }, cause);
  }
  await dropAllocations(tx, owner, ["committed"]);
  await addDiscrepancies(tx, discrepancies, book.now);
  return { touched: await closeBook(book), discrepancies };
}

function find(book: StockBook, level: LevelRow, quantity: number, cause: Cause): LevelRow {
  return move(book, level, "found", { on_hand: quantity }, cause, "in hand though the books had none");
}

/** How many are promised at a place beyond what lies there. */
function owedTooMuch(level: LevelRow): number {
  return Math.max(0, level.committed + level.reserved - level.on_hand);
}

function discrepancyOf(
  clock: Clock,
  level: LevelRow,
  kind: Discrepancy["kind"],
  quantity: number,
  cause: Cause,
): Omit<Discrepancy, "opened_at"> {
  return {
    id: newId(clock),
    variant_id: level.variant_id,
    location_id: level.location_id,
    kind,
    quantity,
    source_type: cause.type,
    source_id: cause.id,
  };
}

async function missingLevels(tx: Tx, variantIds: readonly string[], locationId: string) {
  const items = await readItems(tx, variantIds);
  return [...items.values()].map(({ variantId, productId }) => ({ variantId, productId, locationId }));
}
