import { announce, commitHold, holdStock, type Line, releaseStock, type Touched } from "../inventory/index.ts";
import { announceCart, removeBought } from "../lists/index.ts";
import { inTransaction, type Tx } from "../platform/db.ts";
import type { OrderDeps } from "./check-out.ts";
import { loadLines, loadOrder, type OrderRow } from "./queries/orders.pg.ts";
import { markFailed, markPaid } from "./queries/settle-order.pg.ts";
import { tellOrder } from "./tell-order.ts";

/** Charges a pending order and carries the outcome through. The order says afterwards what came of it. */
export async function settlePayment(deps: OrderDeps, orderId: string): Promise<void> {
  const order = await loadOrder(deps.db, orderId);
  if (order?.payment_state !== "pending") return;
  const result = await deps.payments.charge({
    orderId,
    amount: { amount: order.total, currency: order.currency },
    method: order.payment_method,
  });
  if (!result.approved) return cancelUnpaid(deps, orderId, "failed");
  if (await complete(deps, orderId, result.reference)) return;
  // The goods are gone, or the order was given up meanwhile: give the money back, unless a twin of ours was quicker.
  await cancelUnpaid(deps, orderId, "voided");
  if ((await loadOrder(deps.db, orderId))?.payment_state !== "paid") await deps.payments.void(result.reference);
}

/** Thrown to undo a transaction whose order was decided by somebody else. */
class Decided extends Error {}

interface Completed {
  readonly order: OrderRow;
  readonly touched: Touched[];
}

async function complete(deps: OrderDeps, orderId: string, reference: string): Promise<boolean> {
  const done = await inTransaction(deps.db, (tx) => completeIn(deps, tx, orderId, reference)).catch(isDecided);
  if (!done) return false;
  announce(deps.bus, done.touched);
  announceOrder(deps, done.order);
  return true;
}

/** Carts, stock, the order, the inbox: in the order in which everybody locks. */
async function completeIn(deps: OrderDeps, tx: Tx, orderId: string, reference: string): Promise<Completed | null> {
  const { clock } = deps;
  const order = await loadOrder(tx, orderId);
  if (!order?.profile_id) return null;
  const lines = await loadLines(tx, [orderId]);
  const wanted = lines.map((line) => ({ variantId: line.variant_id, quantity: line.quantity }));
  const bought = await removeBought(
    tx,
    clock,
    order.profile_id,
    wanted.map((line) => line.variantId),
  );
  const touched = await commitOrHoldAnew(deps, tx, orderId, wanted);
  if (!(await markPaid(tx, orderId, reference, clock.now().toString()))) throw new Decided();
  const paid = { ...order, profile_id: bought.profileId };
  await tellOrder(tx, clock, paid, lines, bought.cart);
  return { order: paid, touched };
}

/** What of the hold has died is held anew if nobody else has it. */
async function commitOrHoldAnew(
  { clock }: OrderDeps,
  tx: Tx,
  owner: string,
  lines: readonly Line[],
): Promise<Touched[]> {
  const first = await commitHold(tx, clock, { owners: [owner], lines });
  if (first.isCommitted) return first.touched;
  const released = await releaseStock(tx, clock, [owner]);
  // Committed within this transaction: when it would die does not matter.
  const held = await holdStock(tx, clock, { owner, lines, until: clock.now().add({ minutes: 1 }) });
  if (!held.held) throw new Decided();
  const committed = await commitHold(tx, clock, { owners: [owner], lines });
  if (!committed.isCommitted) throw new Decided();
  return [...first.touched, ...released, ...held.touched, ...committed.touched];
}

/** Ends an order that was not paid and gives its stock back. Twice is once. */
export async function cancelUnpaid(deps: OrderDeps, orderId: string, payment: "failed" | "voided"): Promise<void> {
  const touched = await inTransaction(deps.db, async (tx) => {
    const released = await releaseStock(tx, deps.clock, [orderId]);
    if (!(await markFailed(tx, orderId, payment, deps.clock.now().toString()))) throw new Decided();
    return released;
  }).catch(isDecided);
  if (!touched) return;
  announce(deps.bus, touched);
  deps.bus.changed("order", orderId, ["payment"]);
}

function isDecided(error: unknown): null {
  if (error instanceof Decided) return null;
  throw error;
}

export function announceOrder({ bus }: Pick<OrderDeps, "bus">, order: OrderRow): void {
  bus.changed("order", order.id, ["paid"]);
  if (order.store_id !== null) bus.changed("store", order.store_id, ["orders"]);
  if (order.profile_id !== null) {
    bus.changed("profile", order.profile_id, ["orders"]);
    announceCart(bus, order.profile_id);
  }
  bus.wake("inbox");
}
