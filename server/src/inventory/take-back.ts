import { readItems } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import type { Cause, Line, Touched } from "./contracts.ts";
import { explode } from "./kits.ts";
import { openLevels } from "./queries/lock-levels.pg.ts";
import type { Deltas } from "./queries/write-movements.pg.ts";
import { kitsOf } from "./settle-hold.ts";
import { closeBook, levelAt, move, openBook } from "./stock-book.ts";

/** As good as new; not to be sold; somebody has to look. */
export type Condition = "sellable" | "damaged" | "check";

export interface Returned extends Line {
  readonly condition: Condition;
}

const ASIDE: Readonly<Record<Condition, (n: number) => Partial<Deltas>>> = {
  sellable: () => ({}),
  damaged: (n) => ({ damaged: n }),
  check: (n) => ({ quality_control: n }),
};

/** Goods that come back lie where they were taken back, also if that place never had any. */
export async function takeBack(
  tx: Tx,
  clock: Clock,
  back: { readonly locationId: string; readonly lines: readonly Returned[]; readonly cause: Cause },
): Promise<Touched[]> {
  const { locationId, cause } = back;
  const kits = await kitsOf(tx, back.lines);
  const lines = back.lines.flatMap((line) =>
    explode(kits, [line]).map((part) => ({ ...part, condition: line.condition })),
  );
  const variantIds = [...new Set(lines.map((line) => line.variantId))].sort();
  const items = await readItems(tx, variantIds);
  await openLevels(
    tx,
    [...items.values()].map(({ variantId, productId }) => ({ variantId, productId, locationId })),
  );
  const book = await openBook(tx, clock, variantIds);
  for (const { variantId, quantity, condition } of lines) {
    const deltas = { on_hand: quantity, ...ASIDE[condition](quantity) };
    move(book, levelAt(book, variantId, locationId), "return", deltas, cause);
  }
  return closeBook(book);
}
