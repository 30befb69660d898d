import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import type { FieldError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { SetLevelsBody, StockSet, Touched } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { openKnown } from "./open-known.ts";
import { closeBook, levelAt, move, openBook } from "./stock-book.ts";

/** Writes absolute numbers by compare-and-set: whoever wrote between the caller's look and now is not overwritten. */
export function setLevels(
  db: Db,
  clock: Clock,
  { reason, levels }: SetLevelsBody,
  actor: string,
): Promise<{ set: StockSet; touched: Touched[] }> {
  return inTransaction(db, async (tx) => {
    await openKnown(tx, levels, "levels");
    const book = await openBook(tx, clock, [...new Set(levels.map((level) => level.variant_id))].sort());
    const cause = { type: "document", id: newId(clock), actor };
    const wrong: FieldError[] = [];
    const items = levels.map(({ variant_id, location_id, on_hand, expected }, i) => {
      const level = levelAt(book, variant_id, location_id);
      const changed_by = on_hand - level.on_hand;
      if (level.on_hand !== expected) {
        wrong.push({ path: `levels.${i}.expected`, message: `on hand is ${level.on_hand}` });
      } else if (changed_by !== 0) move(book, level, "adjust", { on_hand: changed_by }, cause, { reason });
      return { variant_id, location_id, on_hand, changed_by };
    });
    if (wrong.length > 0) throw refuse("stock_moved", undefined, wrong);
    return { set: { items }, touched: await closeBook(book) };
  });
}
