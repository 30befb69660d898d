import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { countUnits, type LineRow, loadLines, lockOrder, type OrderRow } from "./queries/orders.pg.ts";
import { refundOrder } from "./refund-order.ts";
import { shareOf } from "./split-amount.ts";
import { tellRefund } from "./tell-fulfilment.ts";

export interface Dropped {
  readonly order: OrderRow;
  readonly lines: readonly { readonly position: number; readonly quantity: number }[];
  readonly reason: string;
  /** What it is for: dropped and refunded once. */
  readonly source: string;
  readonly actor: string | null;
}

/** Units that will never leave the house: counted as cancelled, and what was paid for them goes back. */
export async function dropLines(tx: Tx, clock: Clock, dropped: Dropped): Promise<void> {
  const { order, lines, reason, source, actor } = dropped;
  if (lines.length === 0) return;
  await lockOrder(tx, order.id);
  const rows = await loadLines(tx, [order.id]);
  const worth = refundFor(rows, lines).reduce((sum, part) => sum + part, 0);
  // Nothing of it was ever sent: then sending it is not charged either.
  const amount = isNothingLeft(rows, lines) ? worth + order.shipping : worth;
  await countUnits(tx, order.id, "cancelled", lines);
  await refundOrder(tx, clock, { orderId: order.id, amount, reason, source, actor });
  if (amount > 0) await tellRefund(tx, clock, order, amount, reason);
}

function isNothingLeft(rows: readonly LineRow[], lines: Dropped["lines"]): boolean {
  const dropped = (position: number) =>
    lines.filter((line) => line.position === position).reduce((sum, line) => sum + line.quantity, 0);
  return rows.every((row) => row.cancelled + dropped(row.position) === row.quantity);
}

/** What these units were paid with, given what of each line went back before. The order must be locked. */
export function refundFor(
  rows: readonly LineRow[],
  lines: readonly { readonly position: number; readonly quantity: number }[],
): number[] {
  const gone = new Map(rows.map((row) => [row.position, row.cancelled + row.returned]));
  return lines.map(({ position, quantity }) => {
    const row = rows.find((one) => one.position === position);
    if (!row) return 0;
    const before = gone.get(position) ?? 0;
    gone.set(position, before + quantity);
    return shareOf(row.unit_price * row.quantity - row.discount, row.quantity, before, quantity);
  });
}
