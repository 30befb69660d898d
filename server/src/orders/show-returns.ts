import type { Db } from "../platform/db.ts";
import { readAnnounced } from "./announce-return.ts";
import type { BuyersReturns, Refund, ReturnedOrder } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { loadRefunds, type RefundRow } from "./queries/payments.pg.ts";
import { loadReturnLines, loadReturns } from "./queries/returns.pg.ts";
import { requireOrder } from "./return-order.ts";

export async function readReturns(db: Db, orderId: string): Promise<ReturnedOrder[]> {
  const order = await requireOrder(db, orderId);
  const rows = await loadReturns(db, orderId);
  const [lines, refunds] = await Promise.all([
    loadReturnLines(
      db,
      rows.map((row) => row.id),
    ),
    loadRefunds(db, orderId),
  ]);
  const money = (amount: number) => ({ amount, currency: order.currency });
  return rows.map(({ actor: _actor, refund, ...row }) => ({
    ...row,
    refund: money(refund),
    lines: lines
      .filter((line) => line.return_id === row.id)
      .map(({ return_id: _return, refund: amount, ...line }) => ({ ...line, refund: money(amount) })),
    refunds: refunds.filter((one) => one.source === `return:${row.id}`).map(showRefund),
  }));
}

export async function readReturn(db: Db, orderId: string, returnId: string): Promise<ReturnedOrder> {
  const found = (await readReturns(db, orderId)).find((one) => one.id === returnId);
  if (!found) throw refuse("order_not_found");
  return found;
}

/** What the buyer has announced, and what was taken back of her, without what the staff noted. */
export async function readReturnsOf(db: Db, now: Temporal.Instant, orderId: string): Promise<BuyersReturns> {
  const taken = (await readReturns(db, orderId)).map(({ id, number, channel, refund, at, lines, refunds }) => ({
    id,
    number,
    channel,
    refund,
    at,
    lines: lines.map(({ position, quantity, refund }) => ({ position, quantity, refund })),
    refunds,
  }));
  return { announced: await readAnnounced(db, now, orderId), taken_back: taken };
}

/** All money that went back, or is on its way back, for an order. */
export async function readRefunds(db: Db, orderId: string): Promise<Refund[]> {
  await requireOrder(db, orderId);
  return (await loadRefunds(db, orderId)).map(showRefund);
}

function showRefund(row: RefundRow): Refund {
  const { id, method, amount, currency, reason, state, created_at, done_at } = row;
  return { id, method, amount: { amount, currency }, reason, state, created_at, done_at };
}
