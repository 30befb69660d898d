import type { Item } from "../catalog/index.ts";
import { append } from "../collect/index.ts";
import { announce, commitHold, commitTogether, type Line, releaseStock, type Touched } from "../inventory/index.ts";
import { announceBought, type Bought, removeBought } from "../lists/index.ts";
import { inTransaction, type Tx } from "../platform/db.ts";
import { allEnded } from "../platform/jointly.ts";
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
import { newsOfOrder } from "./tell-order.ts";

/**
 * Charges a pending order and carries the outcome through. The order says afterwards what came of it; what the buyer has
 * to do first is answered, and nothing is decided.
 */
export async function settlePayment(
  deps: OrderDeps,
  order: OrderRow,
  token: string | null,
  complete: Complete,
): Promise<Settled> {
  if (order.total === 0) return carryThrough(deps, order, { isApproved: true }, complete);
  const { outcome, reference } = await charge(deps, order, token);
  return carryThrough(deps, { ...order, payment_reference: reference }, outcome, complete);
}

/** Makes a paid order one; null when the goods are gone or it was decided by somebody else. */
export type Complete = (order: OrderRow) => Promise<Completed | null>;

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
  const complete: Complete = async (known) =>
    (await completeTogether(deps, [{ order: known, fresh: null }]))[0] ?? null;
  return (await carryThrough(deps, order, await deps.payments.read({ method, reference }), complete)).action;
}

async function carryThrough(deps: OrderDeps, order: OrderRow, outcome: Outcome, complete: Complete): Promise<Settled> {
  // Open: whoever asks later, or the provider itself, tells the end of it.
  if (outcome.action || outcome.isOpen) return { action: outcome.action ?? null, paid: null };
  const paid = outcome.isApproved ? await complete(order) : null;
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
  readonly bought: Bought;
}

export interface ToComplete {
  readonly order: OrderRow;
  /** Null: it was written by another request. */
  readonly fresh: Fresh | null;
}

/**
 * Carries paid orders through in one transaction; null where the goods are gone or somebody else has decided. Of several
 * each has to go the common way: the first that does not undoes all, and each is tried alone.
 */
export async function completeTogether(deps: OrderDeps, paid: readonly ToComplete[]): Promise<(Completed | null)[]> {
  const done = await inTransaction(deps.db, (tx) => completeIn(deps, tx, paid)).catch((error: unknown) => {
    if (paid.length > 1) throw error;
    return isDecided(error);
  });
  if (!done) return [null];
  announce(deps.bus, done.touched);
  for (const { order, fulfilments, bought } of done.completed) {
    announceOrder(deps, order);
    announceBought(deps.bus, bought);
    for (const { store_id } of fulfilments) if (store_id !== null) deps.bus.changed("store", store_id, ["orders"]);
  }
  return done.completed;
}

/** Carts, stock, the orders, the inbox: in the order in which everybody locks. */
async function completeIn(
  deps: OrderDeps,
  tx: Tx,
  paid: readonly ToComplete[],
): Promise<{ readonly completed: Completed[]; readonly touched: Touched[] }> {
  const { clock } = deps;
  const known = await allEnded(paid.map((one) => readPaid(tx, one)));
  const bought = await allEnded(
    known.map(({ profileId, lines }) =>
      removeBought(
        tx,
        clock,
        { profileId },
        lines.map((line) => ({ variantId: line.variant_id, quantity: line.quantity })),
      ),
    ),
  );
  const { fulfilments, touched } = await commitOrHoldAnew(deps, tx, known);
  const at = clock.now().toString();
  const ids = known.map(({ order }) => order.id);
  if (!(await markPaid(tx, ids, at))) throw new Decided();
  insertPayments(
    tx,
    known.flatMap(({ order }) => paymentOf(order, at)),
  );
  const assigned = Map.groupBy(await assignFulfilments(tx, clock, fulfilments), (row) => row.order_id);
  const completed = known.map(({ order }, i): Completed => {
    const now = { payment_state: "paid", paid_at: at, hold_until: null, updated_at: at } as const;
    const profile_id = bought[i]?.profileId ?? order.profile_id;
    return {
      order: { ...order, profile_id, ...now },
      fulfilments: assigned.get(order.id) ?? [],
      bought: bought[i] as Bought,
    };
  });
  const news = await allEnded(
    completed.map(({ order }, i) => {
      const { lines = [], items = null } = known[i] ?? {};
      const { cart = null, listed = null } = bought[i] ?? {};
      return newsOfOrder(tx, clock, order, { lines, items, cart, listed });
    }),
  );
  await append(tx, news.flat());
  await allEnded(completed.map(({ order }) => writeReceipt(tx, deps, order)));
  return { completed, touched };
}

interface Paid {
  readonly order: OrderRow;
  readonly profileId: string;
  readonly lines: readonly LineRow[];
  readonly items: ReadonlyMap<string, Item> | null;
  /** Those that wait for their payment. */
  readonly planned: readonly NewFulfilment[];
  readonly shares: readonly FulfilmentLineRow[];
  readonly parts: readonly Line[] | undefined;
}

async function readPaid(tx: Tx, { order: given, fresh }: ToComplete): Promise<Paid> {
  const order = fresh ? given : await loadOrder(tx, given.id);
  if (!order?.profile_id) throw new Decided();
  const lines = fresh?.lines ?? (await loadLines(tx, [order.id]));
  const all = fresh?.fulfilments ?? (await loadFulfilments(tx, [order.id]));
  const planned = all.filter(({ state }) => state === "planned");
  const owners = planned.map((one) => one.id);
  const shares = fresh?.shares ?? (await loadFulfilmentLines(tx, owners));
  return {
    order,
    profileId: order.profile_id,
    lines,
    items: fresh?.items ?? null,
    planned,
    shares,
    parts: fresh?.parts,
  };
}

function paymentOf({ id, payment_method: method, payment_reference: reference, total: amount }: OrderRow, at: string) {
  return amount > 0 ? [{ id, order_id: id, method, amount, refunded: 0, reference, captured_at: at }] : [];
}

interface CommittedOrders {
  readonly fulfilments: readonly Pick<NewFulfilment, "id" | "store_id">[];
  readonly touched: Touched[];
}

/** If the hold has died, the goods are held anew, from wherever they are now, if nobody else has them. */
async function commitOrHoldAnew(deps: OrderDeps, tx: Tx, paid: readonly Paid[]): Promise<CommittedOrders> {
  const { isCommitted, touched } = await commitTogether(
    tx,
    deps.clock,
    paid.map(({ planned, shares, parts }) => ({ owners: planned.map(({ id }) => id), lines: toLines(shares), parts })),
  );
  if (isCommitted.every(Boolean)) return { fulfilments: paid.flatMap(({ planned }) => planned), touched };
  const [only, ...others] = paid;
  if (!only || others.length > 0) throw new Decided();
  const anew = await holdAnew(deps, tx, only);
  return { fulfilments: anew.fulfilments, touched: [...touched, ...anew.touched] };
}

async function holdAnew({ clock }: OrderDeps, tx: Tx, { order, planned, shares }: Paid): Promise<CommittedOrders> {
  const owners = planned.map(({ id }) => id);
  const released = await releaseStock(tx, clock, { owners });
  for (const id of owners) await takeStep(tx, id, "cancelled", clock.now().toString(), { ended_reason: "held anew" });
  const plan = await planFulfilments(tx, clock, {
    orderId: order.id,
    channel: order.channel,
    address: order.address,
    groups: groupsOf(planned, shares),
    // Committed within this transaction: when it would die does not matter.
    until: clock.now().add({ minutes: 1 }),
  });
  if (!plan.isHeld) throw new Decided();
  insertFulfilments(tx, plan.fulfilments, plan.lines);
  const again = { owners: plan.fulfilments.map((one) => one.id), lines: toLines(plan.lines) };
  const committed = await commitHold(tx, clock, again);
  if (!committed.isCommitted) throw new Decided();
  return { fulfilments: plan.fulfilments, touched: [...released, ...plan.touched, ...committed.touched] };
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
  const done = await inTransaction(deps.db, async (tx) => {
    const owners = (await loadFulfilments(tx, [orderId])).map((one) => one.id);
    const released = await releaseStock(tx, clock, { owners });
    const at = clock.now().toString();
    if (!(await markFailed(tx, orderId, payment, at))) throw new Decided();
    for (const id of owners) await takeStep(tx, id, "cancelled", at, { ended_reason: "not paid" });
    const order = await loadOrder(tx, orderId);
    if (order && payment === "voided") await releasePayment(tx, clock, order);
    return { released, profileId: order?.profile_id ?? null };
  }).catch(isDecided);
  if (!done) return;
  announce(deps.bus, done.released);
  deps.bus.changed("order", orderId, ["payment"]);
  if (done.profileId !== null) deps.bus.changed("profile", done.profileId, ["orders"]);
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
