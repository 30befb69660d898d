import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { allocate, sumAvailable, sumLines } from "./arithmetic.ts";
import type { Line, Shortage, Touched } from "./contracts.ts";
import { type AllocationRow, addHolds } from "./queries/allocations.pg.ts";
import { closeBook, levelAt, levelsOf, move, openBook, type StockBook } from "./stock-book.ts";

export interface HoldRequest {
  /** The order the stock is held for. */
  readonly owner: string;
  readonly lines: readonly Line[];
  /** When the hold dies by itself. */
  readonly until: Temporal.Instant;
}

export type Held =
  | { readonly held: true; readonly touched: Touched[] }
  | { readonly held: false; readonly short: Shortage[]; readonly touched: Touched[] };

/** Holds stock that the web may sell, all lines or none. */
export async function holdStock(tx: Tx, clock: Clock, request: HoldRequest): Promise<Held> {
  const lines = sumLines(request.lines);
  const book = await openBook(
    tx,
    clock,
    lines.map((line) => line.variantId),
  );
  const short = await holdIn(book, { ...request, lines });
  // Closed also when nothing was held: dead holds may have been swept.
  const touched = await closeBook(book);
  return short.length > 0 ? { held: false, short, touched } : { held: true, touched };
}

/** The same on levels that are locked already; answers with what is missing and then holds nothing. */
export async function holdIn(book: StockBook, request: HoldRequest): Promise<Shortage[]> {
  const holds: Omit<AllocationRow, "state">[] = [];
  const short: Shortage[] = [];
  for (const { variantId, quantity } of request.lines) {
    const places = levelsOf(book, variantId).filter((level) => level.web_sellable);
    const shares = allocate(places, quantity);
    if (!shares) short.push({ variantId, wanted: quantity, available: Math.max(0, sumAvailable(places)) });
    for (const share of shares ?? []) {
      holds.push({
        owner_id: request.owner,
        variant_id: variantId,
        location_id: share.locationId,
        quantity: share.quantity,
      });
    }
  }
  if (short.length > 0 || holds.length === 0) return short;
  for (const hold of holds) {
    const level = levelAt(book, hold.variant_id, hold.location_id);
    move(book, level, "hold", { reserved: hold.quantity }, { type: "order", id: request.owner });
  }
  await addHolds(book.tx, holds, request.until.toString());
  return [];
}
