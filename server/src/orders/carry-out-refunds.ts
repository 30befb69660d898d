import type { OrderDeps } from "./check-out.ts";
import { claimRefund, endRefund, postponeRefund, type RefundRow } from "./queries/payments.pg.ts";

/** Nobody else takes a refund while one is at it; if that one dies, the next looks after this. */
const CLAIM = { minutes: 2 } as const;
const FIRST_PAUSE_S = 5;
const LONGEST_PAUSE_S = 3_600;
/** About a month of hourly tries; then somebody has to look. */
const MOST_TRIES = 700;

/** Gives money back through its provider, one refund after the other, each with a key of its own: once. */
export async function carryOutRefunds(deps: Pick<OrderDeps, "db" | "clock" | "bus" | "payments">): Promise<void> {
  const { db, clock, bus } = deps;
  for (;;) {
    const now = clock.now();
    const refund = await claimRefund(db, now.toString(), now.add(CLAIM).toString());
    if (!refund) return;
    try {
      await giveBack(deps, refund);
      await endRefund(db, refund.id, "done", clock.now().toString());
    } catch (error) {
      await retryLater(deps, refund, error);
    }
    bus.changed("order", refund.order_id, ["payment"]);
  }
}

async function giveBack({ payments }: Pick<OrderDeps, "payments">, refund: RefundRow): Promise<void> {
  const { method, amount, currency, payment_id } = refund;
  const payment = { method, reference: refund.reference ?? "", key: refund.id };
  if (payment_id === null) await payments.release(payment);
  else await payments.refund({ ...payment, amount: { amount, currency } });
}

async function retryLater({ db, clock }: Pick<OrderDeps, "db" | "clock">, refund: RefundRow, error: unknown) {
  const now = clock.now();
  if (refund.attempts >= MOST_TRIES) return endRefund(db, refund.id, "failed", now.toString());
  const seconds = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** Math.min(refund.attempts, 20));
  const said = (error instanceof Error ? error.message : String(error)).slice(0, 300);
  return postponeRefund(db, refund.id, now.add({ seconds }).toString(), said);
}
