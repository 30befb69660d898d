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

export interface ToCommit {
  readonly owners: readonly string[];
  readonly lines: readonly Line[];
  /** What these lines take from shelves, if it is known: kits are then not looked up. */
  readonly parts?: readonly Line[] | undefined;
}

/** Turns holds into commitments once they are paid for: exactly what was wanted, or nothing. */
export async function commitHold(tx: Tx, clock: Clock, { owners, lines, parts }: ToCommit): Promise<Committed> {
  const wanted = sumLines(parts ?? explode(await kitsOf(tx, lines), lines));
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
  if (isCommitted) commitHolds(tx, owners);
  return { isCommitted, touched: await closeBook(book) };
}

export interface Release {
  readonly owners: readonly string[];
  /** Absent: all of it. */
  readonly lines?: readonly Line[];
  readonly actor?: string | null;
  /** Found to be missing, or damaged, when somebody went for it: then it is not for sale again. */
  readonly found?: "missing" | "damaged";
}

/** Gives back what is held or committed for these owners. Doing it twice changes nothing. */
export async function releaseStock(tx: Tx, clock: Clock, release: Release): Promise<Touched[]> {
  const { owners, lines, actor = null, found } = release;
  const seen = await loadAllocations(tx, owners);
  if (seen.length === 0) return [];
  const book = await openBook(tx, clock, variantsOf(seen));
  // Read again: what was swept or released while we waited for the locks is gone.
  const rows = await loadAllocations(tx, owners);
  const parts = lines ? partsOfLines(rows, await kitsOf(tx, lines), lines) : rows;
  for (const row of parts) {
    const cause = { type: row.owner_type, id: row.owner_id, actor };
    if (row.state === "held") move(book, levelOf(book, row), "release", { reserved: -row.quantity }, cause);
    else move(book, levelOf(book, row), "uncommit", { committed: -row.quantity }, cause);
    const level = levelOf(book, row);
    if (found === "damaged") move(book, level, "damage", { damaged: row.quantity }, cause, { reason: "found damaged" });
    const missing = found === "missing" ? Math.min(row.quantity, level.on_hand) : 0;
    if (missing > 0) move(book, level, "adjust", { on_hand: -missing }, cause, { reason: "not found" });
  }
  await takeFromAllocations(tx, parts);
  return closeBook(book);
}

/** The share of these lines in owners' promises, never more than is promised. */
export function partsOfLines(rows: readonly AllocationRow[], kits: Kits, lines: readonly Line[]): AllocationRow[] {
  return sumLines(explode(kits, lines)).flatMap(({ variantId, quantity }) => {
    let left = quantity;
    return rows.flatMap((row) => {
      const take = row.variant_id === variantId ? Math.min(left, row.quantity) : 0;
      left -= take;
      return take > 0 ? [{ ...row, quantity: take }] : [];
    });
  });
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
