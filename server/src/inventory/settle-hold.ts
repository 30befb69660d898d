import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { sumLines } from "./arithmetic.ts";
import type { Line, Touched } from "./contracts.ts";
import { explode, type Kits, toKits } from "./kits.ts";
import { REASON_TEXTS } from "./own-reasons.ts";
import { type AllocationRow, commitHolds, loadAllocations, takeFromAllocations } from "./queries/allocations.pg.ts";
import { loadKits } from "./queries/kits.pg.ts";
import { closeBook, levelAt, move, openBook, type StockBook } from "./stock-book.ts";

export interface ToCommit {
  readonly owners: readonly string[];
  readonly lines: readonly Line[];
  /** What these lines take from shelves, if it is known: kits are then not looked up. */
  readonly parts?: readonly Line[] | undefined;
}

export interface Committed {
  /** False: some of it had died, and nothing of it was committed. */
  readonly isCommitted: boolean;
  readonly touched: Touched[];
}

/** Turns holds into commitments once they are paid for: exactly what was wanted, or nothing. */
export async function commitHold(tx: Tx, clock: Clock, wanted: ToCommit): Promise<Committed> {
  const { isCommitted, touched } = await commitTogether(tx, clock, [wanted]);
  return { isCommitted: isCommitted[0] === true, touched };
}

/** The same for several orders, each by itself. */
export async function commitTogether(
  tx: Tx,
  clock: Clock,
  orders: readonly ToCommit[],
): Promise<{ readonly isCommitted: readonly boolean[]; readonly touched: Touched[] }> {
  const kits = await kitsOf(
    tx,
    orders.flatMap(({ lines, parts }) => (parts ? [] : lines)),
  );
  const wanted = orders.map(({ lines, parts }) => sumLines(parts ?? explode(kits, lines)));
  const book = await openBook(tx, clock, [...new Set(wanted.flat().map((line) => line.variantId))]);
  // Read behind the locks: the book has swept what was dead.
  const alive = Map.groupBy(
    await loadAllocations(
      tx,
      orders.flatMap(({ owners }) => owners),
    ),
    (row) => row.owner_id,
  );
  const isCommitted = orders.map(({ owners }, i) => {
    const rows = owners.flatMap((owner) => alive.get(owner) ?? []);
    const held = sumLines(rows.map((row) => ({ variantId: row.variant_id, quantity: row.quantity })));
    if (JSON.stringify(held) !== JSON.stringify(wanted[i])) return false;
    for (const row of rows) {
      if (row.state === "committed") continue;
      const cause = { type: row.owner_type, id: row.owner_id };
      move(book, levelOf(book, row), "commit", { reserved: -row.quantity, committed: row.quantity }, cause);
    }
    return true;
  });
  commitHolds(
    tx,
    orders.flatMap(({ owners }, i) => (isCommitted[i] ? owners : [])),
  );
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
    if (found === "damaged")
      move(book, level, "damage", { damaged: row.quantity }, cause, { reason: REASON_TEXTS.found_damaged });
    const missing = found === "missing" ? Math.min(row.quantity, level.on_hand) : 0;
    if (missing > 0) move(book, level, "adjust", { on_hand: -missing }, cause, { reason: REASON_TEXTS.not_found });
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
