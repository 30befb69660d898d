import { append, newEvent } from "../collect/index.ts";
import { announce, commitHold, type Touched } from "../inventory/index.ts";
import { inTransaction, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { toMajor } from "../platform/money.ts";
import { assignFulfilments } from "./assign-fulfilments.ts";
import type { OrderDeps } from "./check-out.ts";
import type { AddBody } from "./contracts.ts";
import { priceLines } from "./draft-order.ts";
import { refuse } from "./errors.ts";
import { planFulfilments } from "./plan-fulfilments.ts";
import { type FulfilmentRow, insertFulfilments, loadFulfilments, rollUp } from "./queries/fulfilments.pg.ts";
import { insertLines, loadLines, loadOrder, lockOrder, type OrderRow, raiseTotal } from "./queries/orders.pg.ts";
import { insertPayments } from "./queries/payments.pg.ts";
import { announceFulfilment, toLines } from "./step-fulfilment.ts";
import { channelOf } from "./tell-order.ts";

/**
 * More goods for an order that has not left, paid for by hand at that moment: held, committed and told in one
 * transaction, as a fulfilment of their own that goes the way of the first one still here.
 */
export async function addLines(deps: OrderDeps, orderId: string, body: AddBody, actor: string): Promise<void> {
  const done = await inTransaction(deps.db, (tx) => add(deps, tx, { orderId, body, actor }));
  announce(deps.bus, done.touched);
  for (const { store_id } of done.fulfilments) announceFulfilment(deps, done.order, store_id);
}

interface Addition {
  readonly orderId: string;
  readonly body: AddBody;
  readonly actor: string;
}

interface Added {
  readonly order: OrderRow;
  readonly fulfilments: readonly FulfilmentRow[];
  readonly touched: Touched[];
}

async function add(deps: OrderDeps, tx: Tx, { orderId, body, actor }: Addition): Promise<Added> {
  const { clock } = deps;
  const order = await loadOrder(tx, orderId);
  if (!order) throw refuse("order_not_found");
  const open = (await loadFulfilments(tx, [orderId])).find(({ state }) => state === "assigned" || state === "accepted");
  if (!open || open.kind === "counter") throw refuse("not_editable");
  const before = await loadLines(tx, [orderId]);
  const first = 1 + Math.max(...before.map((line) => line.position));
  const asked = body.lines.map((line) => ({ variantId: line.variant_id, quantity: line.quantity }));
  const priced = await priceLines(tx, orderId, asked, {
    path: "add.lines",
    market: { currency: order.currency, region: order.region ?? undefined },
  });
  const lines = priced.lines.map((line) => ({ ...line, position: first + line.position }));
  const plan = await planFulfilments(tx, clock, {
    orderId,
    channel: order.channel,
    address: order.address,
    groups: [
      {
        kind: open.kind,
        storeId: open.kind === "delivery" ? null : open.store_id,
        lines: lines.map(({ position, variant_id, quantity }) => ({ position, variantId: variant_id, quantity })),
      },
    ],
    // Committed within this transaction.
    until: clock.now().add({ minutes: 1 }),
  });
  if (!plan.isHeld) {
    const at = (variantId: string) => asked.findIndex((line) => line.variantId === variantId);
    const errors = plan.short.map(({ variantId, available }) => ({
      path: `add.lines.${at(variantId)}.quantity`,
      message: `${available} left`,
    }));
    throw refuse("sold_out", undefined, errors);
  }
  insertFulfilments(tx, plan.fulfilments, plan.lines);
  const owners = plan.fulfilments.map((one) => one.id);
  const committed = await commitHold(tx, clock, { owners, lines: toLines(plan.lines) });
  const fulfilments = await assignFulfilments(tx, clock, plan.fulfilments);
  await lockOrder(tx, orderId);
  // Somebody else has added lines meanwhile: their places are taken, so this is done again from the start.
  if ((await loadLines(tx, [orderId])).length !== before.length) throw new AddedAtOnce();
  insertLines(tx, lines);
  const at = clock.now().toString();
  const payment = { id: newId(clock), order_id: orderId, method: body.paid_with, amount: priced.total };
  if (priced.total > 0) insertPayments(tx, [{ ...payment, refunded: 0, reference: null, captured_at: at }]);
  await raiseTotal(tx, orderId, priced.total, at);
  await rollUp(tx, orderId, at);
  await tellUpdated(deps, tx, { ...order, total: order.total + priced.total }, actor);
  return { order, fulfilments, touched: [...plan.touched, ...committed.touched] };
}

/** As retryable as a serialisation failure. */
class AddedAtOnce extends Error {
  readonly code = "40001";
}

async function tellUpdated({ clock }: OrderDeps, tx: Tx, order: OrderRow, actor: string): Promise<void> {
  const total = toMajor(order.total, order.currency);
  await append(tx, [
    newEvent(clock, {
      messageId: newId(clock),
      source: "orders",
      name: "Order Updated",
      profileId: order.profile_id,
      anonymousId: order.anonymous_id,
      channel: channelOf(order.channel),
      properties: { order_id: order.id, order_number: order.number, total, currency: order.currency, actor },
    }),
  ]);
}
