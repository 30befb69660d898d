import { inTransaction } from "../platform/db.ts";
import { createDueLoop, type DueLoop } from "../platform/due-loop.ts";
import { AppError } from "../platform/errors.ts";
import { carryOutRefunds } from "./carry-out-refunds.ts";
import type { OrderDeps } from "./check-out.ts";
import { expireFulfilment } from "./hand-over-fulfilment.ts";
import { writeOfPickup } from "./letters/order-letters.ts";
import { rejectFulfilment } from "./prepare-fulfilment.ts";
import { type FulfilmentRow, findDue, nextDue, noteReminded } from "./queries/fulfilments.pg.ts";
import { loadOrder } from "./queries/orders.pg.ts";
import { nextRefund } from "./queries/payments.pg.ts";
import { announceFulfilment } from "./step-fulfilment.ts";
import { tellFulfilment } from "./tell-fulfilment.ts";

const AT_ONCE = 100;

/** What happens by itself: stores that do not answer, reminders, goods nobody came for, money that goes back. */
export function workFulfilments(deps: OrderDeps, onError: (error: unknown) => void): DueLoop {
  return createDueLoop({
    clock: deps.clock,
    async nextDue() {
      const [first = null] = [await nextDue(deps.db), await nextRefund(deps.db)].flatMap((at) => at ?? []).sort();
      return first;
    },
    onWake: (listener) => deps.bus.onWake("timers", listener),
    onError,
    async work() {
      await carryOutRefunds(deps);
      for (;;) {
        const due = await findDue(deps.db, deps.clock.now().toString(), AT_ONCE);
        for (const fulfilment of due) await workOne(deps, fulfilment).catch(isOvertaken);
        if (due.length < AT_ONCE) break;
      }
      await carryOutRefunds(deps);
    },
  });
}

async function workOne(deps: OrderDeps, fulfilment: FulfilmentRow): Promise<void> {
  const { id, state, is_reminded, expires_at } = fulfilment;
  if (state === "assigned") return rejectFulfilment(deps, { id, reason: "not accepted in time", actor: null });
  const isOver =
    expires_at !== null && Temporal.Instant.compare(Temporal.Instant.from(expires_at), deps.clock.now()) <= 0;
  return isOver || is_reminded ? expireFulfilment(deps, id) : remind(deps, fulfilment);
}

async function remind(deps: OrderDeps, fulfilment: FulfilmentRow): Promise<void> {
  const { db, clock } = deps;
  const order = await inTransaction(db, async (tx) => {
    const found = await loadOrder(tx, fulfilment.order_id);
    const isOurs = await noteReminded(tx, fulfilment.id);
    if (!found || !isOurs) return null;
    await tellFulfilment(tx, clock, "Order Pickup Reminder", found, fulfilment);
    await writeOfPickup(tx, deps, { order: found, fulfilment, kind: "reminder" });
    return found;
  });
  if (order) announceFulfilment(deps, order, fulfilment.store_id);
}

/** Somebody did it at the same moment: then it is done. */
function isOvertaken(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}
