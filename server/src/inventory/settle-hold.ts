import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { sumLines } from "./arithmetic.ts";
import type { Line, Shortage, Touched } from "./contracts.ts";
import { holdIn } from "./hold-stock.ts";
import { commitHolds, dropAllocations, loadAllocations } from "./queries/allocations.pg.ts";
import { closeBook, levelAt, move, openBook } from "./stock-book.ts";

export type Committed =
  | { readonly committed: true; readonly touched: Touched[] }
  | { readonly committed: false; readonly short: Shortage[]; readonly touched: Touched[] };

/**
 * Turns an order's hold into a commitment once it is paid. What of the hold has died is held anew if it can be; if
 * not, nothing is committed and the caller gives the money back and releases the rest.
 */
export async function commitHold(
  tx: Tx,
  clock: Clock,
  { owner, lines }: { readonly owner: string; readonly lines: readonly Line[] },
): Promise<Committed> {
  const wanted = sumLines(lines);
  const book = await openBook(
    tx,
    clock,
    wanted.map((line) => line.variantId),
  );
  const alive = Map.groupBy(await loadAllocations(tx, owner), (row) => row.variant_id);
  const missing = wanted
    .map(({ variantId, quantity }) => ({
      variantId,
      quantity: quantity - (alive.get(variantId) ?? []).reduce((sum, row) => sum + row.quantity, 0),
    }))
    .filter((line) => line.quantity > 0);
  const short = await holdIn(book, { owner, lines: missing, until: clock.now() });
  if (short.length > 0) return { committed: false, short, touched: await closeBook(book) };
  for (const row of await loadAllocations(tx, owner)) {
    if (row.state === "committed") continue;
    const level = levelAt(book, row.variant_id, row.location_id);
    move(book, level, "commit", { reserved: -row.quantity, committed: row.quantity }, { type: "order", id: owner });
  }
  await commitHolds(tx, owner);
  return { committed: true, touched: await closeBook(book) };
}

/** Gives back all that is held or committed for an order. Doing it twice changes nothing. */
export async function releaseStock(tx: Tx, clock: Clock, owner: string): Promise<Touched[]> {
  const seen = await loadAllocations(tx, owner);
  if (seen.length === 0) return [];
  const book = await openBook(
    tx,
    clock,
    seen.map((row) => row.variant_id),
  );
  const cause = { type: "order", id: owner };
  // Read again: what was swept or released while we waited for the locks is gone.
  for (const row of await loadAllocations(tx, owner)) {
    const level = levelAt(book, row.variant_id, row.location_id);
    if (row.state === "held") move(book, level, "release", { reserved: -row.quantity }, cause);
    else move(book, level, "uncommit", { committed: -row.quantity }, cause);
  }
  await dropAllocations(tx, owner, ["held", "committed"]);
  return closeBook(book);
}
