import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { sumLines } from "./arithmetic.ts";
import type { Line, Touched } from "./contracts.ts";
import { explode, type Kits, toKits } from "./kits.ts";
import { type AllocationRow, commitHolds, loadAllocations, takeFromAllocations } from "./queries/allocations.pg.ts";
import { loadKits } from "./queries/kits.pg.ts";
import { closeBook, levelAt, move, openBook, type StockBook } from "./stock-book.ts";

export interface Committed {
  /** False: some of it had died, and nothing was committed. */
  readonly isCommitted: boolean;
  readonly touched: Touched[];
}

/** Turns holds into commitments once they are paid for: exactly what was wanted, or nothing. */
export async function commitHold(
  tx: Tx,
  clock: Clock,
  { owners, lines }: { readonly owners: readonly string[]; readonly lines: readonly Line[] },
): Promise<Committed> {
  const wanted = sumLines(explode(await kitsOf(tx, lines), lines));
  const book = await openBook(
    tx,
    clock,
    wanted.map((line) => line.variantId),
  );
  // Read behind the locks: the book has swept what was dead.
  const alive = await loadAllocations(tx, owners);
  const held = sumLines(alive.map((row) => ({ variantId: row.variant_id, quantity: row.quantity })));
  const isCommitted = JSON.stringify(held) === JSON.stringify(wanted);
  for (const row of isCommitted ? alive : []) {
    if (row.state === "committed") continue;
    move(
      book,
      levelOf(book, row),
      "commit",
      { reserved: -row.quantity, committed: row.quantity },
      { type: row.owner_type, id: row.owner_id },
    );
  }
  if (isCommitted) await commitHolds(tx, owners);
  return { isCommitted, touched: await closeBook(book) };
}

/** Gives back all that is held or committed for these owners. Doing it twice changes nothing. */
export async function releaseStock(
  tx: Tx,
  clock: Clock,
  owners: readonly string[],
  actor: string | null = null,
): Promise<Touched[]> {
  const seen = await loadAllocations(tx, owners);
  if (seen.length === 0) return [];
  const book = await openBook(tx, clock, variantsOf(seen));
  // Read again: what was swept or released while we waited for the locks is gone.
  const rows = await loadAllocations(tx, owners);
  for (const row of rows) {
    const cause = { type: row.owner_type, id: row.owner_id, actor };
    if (row.state === "held") move(book, levelOf(book, row), "release", { reserved: -row.quantity }, cause);
    else move(book, levelOf(book, row), "uncommit", { committed: -row.quantity }, cause);
  }
  await takeFromAllocations(tx, rows);
  return closeBook(book);
}

export function variantsOf(rows: readonly AllocationRow[]): string[] {
  return [...new Set(rows.map((row) => row.variant_id))].sort();
}

export function levelOf(book: StockBook, row: AllocationRow) {
  return levelAt(book, row.variant_id, row.location_id);
}

export async function kitsOf(tx: Tx, lines: readonly Line[]): Promise<Kits> {
  return toKits(
    await loadKits(
      tx,
      lines.map((line) => line.variantId),
    ),
  );
}
