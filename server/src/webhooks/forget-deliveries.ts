import { createDueLoop, type DueLoop } from "../platform/due-loop.ts";
import { leastIdAt, timeOfId } from "../platform/ids.ts";
import type { WebhooksDeps } from "./deps.ts";
import { forgetDeliveries, oldestDelivery } from "./queries/deliveries.pg.ts";

/** However it ended, and also when it still waits for a disabled endpoint. */
const KEPT = { hours: 30 * 24 } as const;
/** Work comes in hours, not delivery by delivery. */
const STEP = { hours: 1 } as const;
const AT_ONCE = 5_000;

export function forgetOldDeliveries({ db, clock, bus, log }: WebhooksDeps): DueLoop {
  return createDueLoop({
    clock,
    async work(signal) {
      const before = leastIdAt(clock.now().subtract(KEPT));
      while (!signal.aborted && (await forgetDeliveries(db, before, AT_ONCE)) === AT_ONCE);
    },
    async nextDue() {
      const oldest = await oldestDelivery(db);
      return oldest === null ? null : timeOfId(oldest).add(KEPT).add(STEP).toString();
    },
    onWake: (listener) => bus.onWake("timers", listener),
    onError: (error) => log.warn({ err: error }, "old deliveries could not be forgotten; trying again"),
  });
}
