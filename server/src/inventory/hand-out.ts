import { readItems } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { owedTooMuch, sumLines } from "./arithmetic.ts";
import type { Cause, Line, NewDiscrepancy, Touched } from "./contracts.ts";
import { discrepancyOf } from "./discrepancy-of.ts";
import { explode } from "./kits.ts";
import { REASON_TEXTS } from "./own-reasons.ts";
import { loadAllocations, takeFromAllocations } from "./queries/allocations.pg.ts";
import { addDiscrepancies } from "./queries/discrepancies.pg.ts";
import { type LevelRow, openLevels } from "./queries/lock-levels.pg.ts";
import { kitsOf, levelOf, partsOfLines, variantsOf } from "./settle-hold.ts";
import { settleInTime } from "./settle-in-time.ts";
import { closeBook, levelAt, move, openBook, type StockBook } from "./stock-book.ts";

export interface HandedOut {
  readonly touched: Touched[];
  readonly discrepancies: readonly NewDiscrepancy[];
}

export interface SaleInHand {
  readonly locationId: string;
  readonly lines: readonly Line[];
  readonly cause: Cause;
  /** When it was sold, if we are told later: a till that was offline. */
  readonly happenedAt?: string;
}

/**
 * Sells goods that the customer holds in her hand: never refused. If the books have fewer, they were wrong; if what
 * was promised to others no longer lies there, somebody has to see to it. Both are written down as discrepancies.
 */
export async function sellInHand(tx: Tx, clock: Clock, sale: SaleInHand): Promise<HandedOut> {
  const lines = sumLines(explode(await kitsOf(tx, sale.lines), sale.lines));
  const ids = lines.map((line) => line.variantId);
  await openLevels(tx, await missingLevels(tx, ids, sale.locationId));
  const book = await openBook(tx, clock, ids);
  const discrepancies: NewDiscrepancy[] = [];
  for (const line of lines) discrepancies.push(...(await sellLine(book, sale, line)));
  await addDiscrepancies(tx, discrepancies, book.now);
  return { touched: await closeBook(book), discrepancies };
}

async function sellLine(book: StockBook, sale: SaleInHand, line: Line): Promise<NewDiscrepancy[]> {
  const { cause, happenedAt } = sale;
  const before = levelAt(book, line.variantId, sale.locationId);
  const isLate = happenedAt !== undefined && happenedAt < book.now;
  const missing = isLate
    ? await settleInTime(book, before, [{ kind: "sale", deltas: { on_hand: -line.quantity }, cause, happenedAt }])
    : sellNow(book, before, line.quantity, cause);
  const after = levelAt(book, line.variantId, sale.locationId);
  const undercut = owedTooMuch(after) - owedTooMuch(before);
  return [
    ...(missing > 0 ? [discrepancyOf(book.clock, after, "not_on_hand", missing, cause)] : []),
    ...(undercut > 0 ? [discrepancyOf(book.clock, after, "promised", undercut, cause)] : []),
  ];
}

function sellNow(book: StockBook, level: LevelRow, quantity: number, cause: Cause): number {
  const missing = Math.max(0, quantity - level.on_hand);
  move(book, missing > 0 ? find(book, level, missing, cause) : level, "sale", { on_hand: -quantity }, cause);
  return missing;
}

export interface HandOver {
  readonly owner: string;
  readonly actor: string | null;
  /** Absent: all of it. */
  readonly lines?: readonly Line[];
}

/** Committed goods leave the house. Doing it twice changes nothing. */
export async function handOver(tx: Tx, clock: Clock, { owner, actor, lines }: HandOver): Promise<HandedOut> {
  const seen = await loadAllocations(tx, [owner]);
  const book = await openBook(tx, clock, variantsOf(seen));
  const committed = (await loadAllocations(tx, [owner])).filter((row) => row.state === "committed");
  const parts = lines ? partsOfLines(committed, await kitsOf(tx, lines), lines) : committed;
  const discrepancies: NewDiscrepancy[] = [];
  for (const row of parts) {
    const cause = { type: row.owner_type, id: owner, actor };
    const before = levelOf(book, row);
    const missing = row.quantity - before.on_hand;
    const level = missing > 0 ? find(book, before, missing, cause) : before;
    if (missing > 0) discrepancies.push(discrepancyOf(clock, level, "not_on_hand", missing, cause));
    move(book, level, "hand_over", { on_hand: -row.quantity, committed: -row.quantity }, cause);
  }
  await takeFromAllocations(tx, parts);
  await addDiscrepancies(tx, discrepancies, book.now);
  return { touched: await closeBook(book), discrepancies };
}

function find(book: StockBook, level: LevelRow, quantity: number, cause: Cause): LevelRow {
  return move(book, level, "found", { on_hand: quantity }, cause, { reason: REASON_TEXTS.in_hand });
}

async function missingLevels(tx: Tx, variantIds: readonly string[], locationId: string) {
  const items = await readItems(tx, variantIds);
  return [...items.values()].map(({ variantId, productId }) => ({ variantId, productId, locationId }));
}
