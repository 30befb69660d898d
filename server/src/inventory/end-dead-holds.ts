import { inTransaction } from "../platform/db.ts";
import { createDueLoop, type DueLoop } from "../platform/due-loop.ts";
import { announce } from "./announce.ts";
import { findDead, nextToDie } from "./queries/allocations.pg.ts";
import { closeBook, openBook } from "./stock-book.ts";
import type { InventoryDeps } from "./transfer-routes.ts";

const AT_ONCE = 100;

/**
 * Tells open screens, and History, what is for sale again because a hold died of which nobody has heard. It counted no
 * more anyway. Orders' own holds end with the order.
 */
export function endDeadHolds({ db, clock, bus }: InventoryDeps, onError: (error: unknown) => void): DueLoop {
  return createDueLoop({
    clock,
    nextDue: () => nextToDie(db),
    // A new hold lives longer than the loop sleeps.
    onWake: () => () => {},
    onError,
    async work() {
      for (;;) {
        const variantIds = await findDead(db, clock.now().toString(), AT_ONCE);
        if (variantIds.length === 0) return;
        announce(bus, await inTransaction(db, async (tx) => closeBook(await openBook(tx, clock, variantIds))));
      }
    },
  });
}
