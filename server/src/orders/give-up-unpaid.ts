import { createDueLoop, type DueLoop } from "../platform/due-loop.ts";
import type { OrderDeps } from "./check-out.ts";
import { findUnpaid, nextUnpaid } from "./queries/settle-order.pg.ts";
import { cancelUnpaid } from "./settle-payment.ts";

const AT_ONCE = 100;

/** Cancels orders whose payment never came (a crash, a closed tab) when their hold on the stock ends. */
export function giveUpUnpaid(deps: OrderDeps, onError: (error: unknown) => void): DueLoop {
  return createDueLoop({
    clock: deps.clock,
    nextDue: () => nextUnpaid(deps.db),
    onWake: (listener) => deps.bus.onWake("timers", listener),
    onError,
    async work() {
      for (;;) {
        const due = await findUnpaid(deps.db, deps.clock.now().toString(), AT_ONCE);
        for (const id of due) await cancelUnpaid(deps, id, "voided");
        if (due.length < AT_ONCE) return;
      }
    },
  });
}
