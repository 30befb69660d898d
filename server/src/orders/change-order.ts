import { append, newEvent } from "../collect/index.ts";
import { announce, releaseStock, type Touched } from "../inventory/index.ts";
import { inTransaction, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { toMajor } from "../platform/money.ts";
import { addLines } from "./add-lines.ts";
import type { OrderDeps } from "./check-out.ts";
import type { EditBody, LineShare } from "./contracts.ts";
import { dropLines } from "./drop-lines.ts";
import { refuse } from "./errors.ts";
import {
  type FulfilmentLineRow,
  type FulfilmentRow,
  loadFulfilmentLines,
  loadFulfilments,
  rollUp,
  takeOffLines,
  takeStep,
} from "./queries/fulfilments.pg.ts";
import { loadOrder, type OrderRow, saveAddress } from "./queries/orders.pg.ts";
import { announceFulfilment, toLines } from "./step-fulfilment.ts";
import { channelOf } from "./tell-order.ts";

export interface Cancellation {
  readonly orderId: string;
  readonly reason: string;
  readonly actor: string;
  /** A shopper may not cancel what a store is at work on. */
  readonly isShopper: boolean;
}

/** Cancels what has not left the house; what was paid for it goes back. */
export async function cancelOrder(deps: OrderDeps, cancellation: Cancellation): Promise<void> {
  const { reason, actor, isShopper } = cancellation;
  await change(deps, cancellation.orderId, async (tx, { order, open, lines }) => {
    const isBusy = open.some(({ state, store_id }) => state === "ready" || (state === "accepted" && store_id !== null));
    if (open.length === 0 || (isShopper && isBusy)) throw refuse("not_cancellable");
    const ids = open.map((one) => one.id);
    const touched = await releaseStock(tx, deps.clock, { owners: ids, actor });
    const at = deps.clock.now().toString();
    for (const { id } of open) {
      if (!(await takeStep(tx, id, "cancelled", at, { ended_reason: reason, actor }))) throw refuse("not_cancellable");
    }
    await dropLines(tx, deps.clock, { order, lines, reason, source: `cancel:${ids.join(",")}`, actor });
    await rollUp(tx, order.id, at);
    if ((await loadOrder(tx, order.id))?.state === "cancelled") await tellCancelled(tx, deps, order);
    return touched;
  });
}

/** Puts more into an order, takes units out of it, or sends it elsewhere, before it has left. */
export async function editOrder(deps: OrderDeps, orderId: string, body: EditBody, actor: string): Promise<void> {
  if (body.add) await addLines(deps, orderId, body.add, actor);
  if (!body.address && !body.remove) return;
  await change(deps, orderId, async (tx, { order, open, lines }) => {
    const isStill = (one: FulfilmentRow) => one.state === "assigned" || one.state === "accepted";
    const changeable = open.filter(isStill);
    if (body.address) {
      if (changeable.length === 0) throw refuse("not_editable");
      await saveAddress(tx, order.id, body.address);
    }
    const touched: Touched[] = [];
    for (const [i, share] of (body.remove ?? []).entries()) {
      touched.push(...(await removeShare(tx, deps, { changeable, lines, share, i, actor })));
    }
    const removed = body.remove ?? [];
    const source = `edit:${newId(deps.clock)}`;
    await dropLines(tx, deps.clock, { order, lines: removed, reason: "changed", source, actor });
    await endEmpty(tx, deps, changeable, actor);
    await rollUp(tx, order.id, deps.clock.now().toString());
    return touched;
  });
}

interface Removal {
  readonly changeable: readonly FulfilmentRow[];
  readonly lines: readonly FulfilmentLineRow[];
  readonly share: LineShare;
  readonly i: number;
  readonly actor: string;
}

async function removeShare(tx: Tx, deps: OrderDeps, removal: Removal): Promise<Touched[]> {
  const { changeable, lines, share, i, actor } = removal;
  const touched: Touched[] = [];
  let left = share.quantity;
  for (const { id } of changeable) {
    const line = lines.find((one) => one.fulfilment_id === id && one.position === share.position);
    const take = Math.min(left, line?.quantity ?? 0);
    if (!line || take === 0) continue;
    const part = { ...line, quantity: take };
    touched.push(...(await releaseStock(tx, deps.clock, { owners: [id], lines: toLines([part]), actor })));
    await takeOffLines(tx, id, [part]);
    left -= take;
  }
  if (left > 0) {
    const message = `${share.quantity - left} have not left yet`;
    throw refuse("not_editable", undefined, [{ path: `remove.${i}.quantity`, message }]);
  }
  return touched;
}

/** A fulfilment that has nothing left in it is cancelled. */
async function endEmpty(tx: Tx, deps: OrderDeps, changeable: readonly FulfilmentRow[], actor: string): Promise<void> {
  const ids = changeable.map((one) => one.id);
  const full = new Set((await loadFulfilmentLines(tx, ids)).map((line) => line.fulfilment_id));
  const at = deps.clock.now().toString();
  for (const id of ids.filter((one) => !full.has(one))) {
    await takeStep(tx, id, "cancelled", at, { ended_reason: "changed", actor });
  }
}

interface Changeable {
  readonly order: OrderRow;
  /** What is paid and has not left. */
  readonly open: readonly FulfilmentRow[];
  readonly lines: readonly FulfilmentLineRow[];
}

async function change(
  deps: OrderDeps,
  orderId: string,
  work: (tx: Tx, given: Changeable) => Promise<Touched[]>,
): Promise<void> {
  const done = await inTransaction(deps.db, async (tx) => {
    const order = await loadOrder(tx, orderId);
    if (!order) throw refuse("order_not_found");
    const all = await loadFulfilments(tx, [orderId]);
    const open = all.filter(({ state }) => state === "assigned" || state === "accepted" || state === "ready");
    const lines = await loadFulfilmentLines(
      tx,
      open.map((one) => one.id),
    );
    return { order, open, touched: await work(tx, { order, open, lines }) };
  });
  announce(deps.bus, done.touched);
  for (const { store_id } of done.open) announceFulfilment(deps, done.order, store_id);
}

async function tellCancelled(tx: Tx, { clock }: OrderDeps, order: OrderRow): Promise<void> {
  const event = newEvent(clock, {
    messageId: `order-cancelled:${order.id}`,
    source: "orders",
    name: "Order Cancelled",
    profileId: order.profile_id,
    anonymousId: order.anonymous_id,
    channel: channelOf(order.channel),
    properties: {
      order_id: order.id,
      order_number: order.number,
      total: toMajor(order.total, order.currency),
      currency: order.currency,
    },
  });
  await append(tx, [event]);
}
