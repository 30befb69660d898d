import type { Item } from "../catalog/index.ts";
import { announce, commitHold, type Line, releaseStock, type Touched } from "../inventory/index.ts";
import { announceBought, type Bought, removeBought } from "../lists/index.ts";
import { inTransaction, type Tx } from "../platform/db.ts";
import { assignFulfilments } from "./assign-fulfilments.ts";
import type { OrderDeps } from "./check-out.ts";
import { writeReceipt } from "./letters/order-letters.ts";
import type { NextAction, Outcome } from "./payment-gateway.ts";
import type { Group } from "./plan-fulfilments.ts";
import { planFulfilments } from "./plan-fulfilments.ts";
import {
  type FulfilmentLineRow,
  type FulfilmentRow,
  insertFulfilments,
  loadFulfilmentLines,
  loadFulfilments,
  type NewFulfilment,
  takeStep,
} from "./queries/fulfilments.pg.ts";
import { type LineRow, loadLines, loadOrder, type OrderRow } from "./queries/orders.pg.ts";
import { insertPayments } from "./queries/payments.pg.ts";
import { keepReference, markFailed, markPaid } from "./queries/settle-order.pg.ts";
import { releasePayment } from "./refund-order.ts";
import { toLines } from "./step-fulfilment.ts";
import { tellOrder } from "./tell-order.ts";

/**
 * Charges a pending order and carries the outcome through. The order says afterwards what came of it; what the buyer has
 * to do first is answered, and nothing is decided.
 */
export async function settlePayment(
  deps: OrderDeps,
  order: OrderRow,
  token: string | null,
  fresh: Fresh | null,
): Promise<Settled> {
  if (order.total === 0) return carryThrough(deps, order, { isApproved: true }, fresh);
  const { outcome, reference } = await charge(deps, order, token);
  return carryThrough(deps, { ...order, payment_reference: reference }, outcome, fresh);
}

export interface Settled {
  /** What the buyer has to do first. */
  readonly action: NextAction | null;
  /** Null: nothing was paid by this call. */
  readonly paid: Completed | null;
}

/** An order that this request has just written: what was written need not be read again. */
export interface Fresh {
  readonly lines: readonly LineRow[];
  readonly items: ReadonlyMap<string, Item>;
  readonly fulfilments: readonly NewFulfilment[];
  readonly shares: readonly FulfilmentLineRow[];
  readonly parts: readonly Line[];
}

/** Asks the provider what came of a payment that was left open, and carries that through. Twice is once. */
export async function resumePayment(deps: OrderDeps, order: OrderRow): Promise<NextAction | null> {
  const { payment_state, payment_reference: reference, payment_method: method } = order;
  if (payment_state !== "pending" || reference === null) return null;
  return (await carryThrough(deps, order, await deps.payments.read({ method, reference }), null)).action;
}

async function carryThrough(deps: OrderDeps, order: OrderRow, outcome: Outcome, fresh: Fresh | null): Promise<Settled> {
  // Open: whoever asks later, or the provider itself, tells the end of it.
  if (outcome.action || outcome.isOpen) return { action: outcome.action ?? null, paid: null };
  const paid = outcome.isApproved ? await complete(deps, order.id, fresh && { ...fresh, order }) : null;
  if (!outcome.isApproved) await cancelUnpaid(deps, order.id, "failed");
  // The goods are gone, or the order was given up meanwhile: give the money back, unless a twin of ours was quicker.
  else if (!paid) await cancelUnpaid(deps, order.id, "voided");
  return { action: null, paid };
}

interface Charged {
  readonly outcome: Outcome;
  readonly reference: string | null;
}

/** The payment has its name in our book before any money moves: whatever dies after that, it can be given back. */
async function charge({ db, payments }: OrderDeps, order: OrderRow, token: string | null): Promise<Charged> {
  const asked = {
    orderId: order.id,
    amount: { amount: order.total, currency: order.currency },
    method: order.payment_method,
    token,
  };
  let reference = order.payment_reference;
  if (reference === null) {
    reference = await payments.open(asked);
    if (!(await keepReference(db, order.id, reference))) {
      reference = (await loadOrder(db, order.id))?.payment_reference ?? null;
      if (reference === null) return { reference, outcome: { isApproved: false } };
    }
  }
  return { reference, outcome: await payments.confirm(reference, asked) };
}

/** Thrown to undo a transaction whose order was decided by somebody else. */
class Decided extends Error {}

export interface Completed {
  readonly order: OrderRow;
  readonly fulfilments: readonly FulfilmentRow[];
  readonly touched: Touched[];
  readonly bought: Bought;
}

type FreshOrder = Fresh & { readonly order: OrderRow };

async function complete(deps: OrderDeps, orderId: string, fresh: FreshOrder | null): Promise<Completed | null> {
  const done = await inTransaction(deps.db, (tx) => completeIn(deps, tx, orderId, fresh)).catch(isDecided);
  if (!done) return null;
  announce(deps.bus, done.touched);
  announceOrder(deps, done.order);
  announceBought(deps.bus, done.bought);
  for (const { store_id } of done.fulfilments) if (store_id !== null) deps.bus.changed("store", store_id, ["orders"]);
  return done;
}

/** Carts, stock, the order, the inbox: in the order in which everybody locks. */
async function completeIn(
  deps: OrderDeps,
  tx: Tx,
  orderId: string,
  fresh: FreshOrder | null,
): Promise<Completed | null> {
  const { clock } = deps;
  const order = fresh?.order ?? (await loadOrder(tx, orderId));
  if (!order?.profile_id) return null;
  const lines = fresh?.lines ?? (await loadLines(tx, [orderId]));
  const bought = await removeBought(
    tx,
    clock,
    { profileId: order.profile_id },
    lines.map((line) => line.variant_id),
  );
  const { fulfilments, touched } = await commitOrHoldAnew(deps, tx, order, fresh);
  const at = clock.now().toString();
  if (!(await markPaid(tx, orderId, at))) throw new Decided();
  if (order.total > 0) {
    const { payment_method: method, payment_reference: reference, total: amount } = order;
    insertPayments(tx, [{ id: orderId, order_id: orderId, method, amount, refunded: 0, reference, captured_at: at }]);
  }
  const assigned = await assignFulfilments(tx, clock, fulfilments);
  const profile_id = bought.profileId;
  const paid: OrderRow = { ...order, profile_id, payment_state: "paid", paid_at: at, hold_until: null, updated_at: at };
  await tellOrder(tx, clock, paid, { lines, cart: bought.cart, items: fresh?.items ?? null });
  await writeReceipt(tx, deps, paid);
  return { order: paid, fulfilments: assigned, touched, bought };
}

interface CommittedOrder {
  readonly fulfilments: readonly Pick<NewFulfilment, "id" | "store_id">[];
  readonly touched: Touched[];
}

/** If the hold has died, the goods are held anew, from wherever they are now, if nobody else has them. */
async function commitOrHoldAnew(
  { clock }: OrderDeps,
  tx: Tx,
  order: OrderRow,
  fresh: Fresh | null,
): Promise<CommittedOrder> {
  const all = fresh?.fulfilments ?? (await loadFulfilments(tx, [order.id]));
  const planned = all.filter(({ state }) => state === "planned");
  const owners = planned.map((one) => one.id);
  const lines = fresh?.shares ?? (await loadFulfilmentLines(tx, owners));
  const first = await commitHold(tx, clock, { owners, lines: toLines(lines), parts: fresh?.parts });
  if (first.isCommitted) return { fulfilments: planned, touched: first.touched };
  const released = await releaseStock(tx, clock, { owners });
  for (const id of owners) await takeStep(tx, id, "cancelled", clock.now().toString(), { ended_reason: "held anew" });
  const plan = await planFulfilments(tx, clock, {
    orderId: order.id,
    channel: order.channel,
    address: order.address,
    groups: groupsOf(planned, lines),
    // Committed within this transaction: when it would die does not matter.
    until: clock.now().add({ minutes: 1 }),
  });
  if (!plan.isHeld) throw new Decided();
  insertFulfilments(tx, plan.fulfilments, plan.lines);
  const again = { owners: plan.fulfilments.map((one) => one.id), lines: toLines(plan.lines) };
  const committed = await commitHold(tx, clock, again);
  if (!committed.isCommitted) throw new Decided();
  return {
    fulfilments: plan.fulfilments,
    touched: [...first.touched, ...released, ...plan.touched, ...committed.touched],
  };
}

function groupsOf(planned: readonly NewFulfilment[], lines: readonly FulfilmentLineRow[]): Group[] {
  return planned.flatMap(({ id, kind, store_id }) => {
    if (kind === "counter") return [];
    const own = lines.filter((line) => line.fulfilment_id === id);
    const storeId = kind === "delivery" ? null : store_id;
    return [
      {
        kind,
        storeId,
        lines: own.map(({ position, variant_id, quantity }) => ({ position, variantId: variant_id, quantity })),
      },
    ];
  });
}

/**
 * Ends an order that was not paid and gives its stock back. Twice is once. Whatever was taken for it, or still is being
 * taken at this moment, goes back.
 */
export async function cancelUnpaid(deps: OrderDeps, orderId: string, payment: "failed" | "voided"): Promise<void> {
  const { clock } = deps;
  const touched = await inTransaction(deps.db, async (tx) => {
    const owners = (await loadFulfilments(tx, [orderId])).map((one) => one.id);
    const released = await releaseStock(tx, clock, { owners });
    const at = clock.now().toString();
    if (!(await markFailed(tx, orderId, payment, at))) throw new Decided();
    for (const id of owners) await takeStep(tx, id, "cancelled", at, { ended_reason: "not paid" });
    const order = await loadOrder(tx, orderId);
    if (order && payment === "voided") await releasePayment(tx, clock, order);
    return released;
  }).catch(isDecided);
  if (!touched) return;
  announce(deps.bus, touched);
  deps.bus.changed("order", orderId, ["payment"]);
  // Whatever goes back does so in the background: nobody waits for a provider here.
  deps.bus.wake("timers");
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
  }
  bus.wake("inbox");
  bus.wake("timers");
}
