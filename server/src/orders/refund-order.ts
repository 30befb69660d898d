import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { lockOrder, type OrderRow } from "./queries/orders.pg.ts";
import { countRefunds, insertRefunds, loadPayments, type PaymentRow, type RefundRow } from "./queries/payments.pg.ts";

/** Money that no provider moves for us: somebody hands it back, and says so by asking for it. */
const BY_HAND: ReadonlySet<string> = new Set(["cash", "card", "gift_card"]);
/** Stored value goes back first, as it was; money of a card before money from the drawer. */
const ORDER = ["gift_card", "stripe", "test", "card", "cash"];

export interface RefundRequest {
  readonly orderId: string;
  readonly amount: number;
  readonly reason: string;
  /** The return or cancellation it is for: refunded once. */
  readonly source: string;
  readonly actor: string | null;
}

/**
 * Writes down what goes back, spread over the tenders it was paid with, never more than was paid. Carried out later,
 * outside of any transaction. Answers with what was new.
 */
export async function refundOrder(tx: Tx, clock: Clock, request: RefundRequest): Promise<RefundRow[]> {
  const order = await lockOrder(tx, request.orderId);
  if (!order || request.amount <= 0) return [];
  const payments = (await loadPayments(tx, order.id)).toSorted(
    (a, b) => ORDER.indexOf(a.method) - ORDER.indexOf(b.method),
  );
  const at = clock.now().toString();
  const rows: RefundRow[] = [];
  let left = request.amount;
  for (const payment of payments) {
    const amount = Math.min(left, payment.amount - payment.refunded);
    if (amount <= 0) continue;
    rows.push(toRefund(newId(clock), order, payment, amount, request, at));
    left -= amount;
  }
  if (left > 0) throw new TypeError(`order ${order.id} would be refunded more than was paid`);
  const written = await insertRefunds(tx, rows);
  if (written.length > 0) await countRefunds(tx, order.id, written);
  return written;
}

function toRefund(
  id: string,
  order: OrderRow,
  payment: PaymentRow,
  amount: number,
  { reason, source, actor }: RefundRequest,
  at: string,
): RefundRow {
  const isByHand = BY_HAND.has(payment.method);
  return {
    id,
    order_id: order.id,
    payment_id: payment.id,
    method: payment.method,
    reference: payment.reference,
    amount,
    currency: order.currency,
    reason,
    source,
    state: isByHand ? "done" : "pending",
    attempts: 0,
    due_at: isByHand ? null : at,
    last_error: null,
    actor,
    created_at: at,
    done_at: isByHand ? at : null,
  };
}

/** Of an order that came to nothing: whatever was taken for it, or still is being taken, goes back. */
export async function releasePayment(tx: Tx, clock: Clock, order: OrderRow): Promise<void> {
  if (order.payment_reference === null || order.total === 0) return;
  const at = clock.now().toString();
  await insertRefunds(tx, [
    {
      id: newId(clock),
      order_id: order.id,
      payment_id: null,
      method: order.payment_method,
      reference: order.payment_reference,
      amount: order.total,
      currency: order.currency,
      reason: "came to nothing",
      source: `release:${order.id}`,
      state: "pending",
      attempts: 0,
      due_at: at,
      last_error: null,
      actor: null,
      created_at: at,
      done_at: null,
    },
  ]);
}
