import { announce, holdStock, type Touched } from "../inventory/index.ts";
import { type CheckOut, type Holder, openCheckOut } from "../lists/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { WebOrder } from "./contracts.ts";
import { hashBody, priceLines, sameRequest } from "./draft-order.ts";
import { refuse } from "./errors.ts";
import type { PaymentGateway } from "./payment-gateway.ts";
import {
  findOrder,
  findPendingOfCart,
  insertLines,
  insertOrder,
  loadOrder,
  nextNumber,
  type OrderRow,
} from "./queries/orders.pg.ts";
import { settlePayment } from "./settle-payment.ts";

export interface OrderDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly bus: Bus;
  readonly payments: PaymentGateway;
}

export interface CheckOutRequest {
  readonly holder: Holder;
  readonly body: WebOrder;
  readonly idempotencyKey: string | null;
}

/** How long stock is held while the payment is under way. */
const HOLD = { minutes: 10 } as const;

/**
 * Orders what lies in the caller's cart: hold the stock and write the order; then pay, outside of any transaction; then
 * commit the stock and tell everybody. A repeated request goes on where the first one stopped.
 */
export async function checkOut(deps: OrderDeps, request: CheckOutRequest): Promise<OrderRow> {
  const placed = await inTransaction(deps.db, (tx) => place(deps, tx, request));
  if (placed.touched) {
    announce(deps.bus, placed.touched);
    deps.bus.changed("order", placed.order.id, ["placed"]);
    deps.bus.wake("timers");
  }
  if (placed.order.payment_state === "pending") await settlePayment(deps, placed.order.id);
  const order = await loadOrder(deps.db, placed.order.id);
  if (order?.payment_state === "paid") return order;
  throw refuse(order?.payment_state === "failed" ? "payment_declined" : "payment_too_late");
}

interface Placed {
  readonly order: OrderRow;
  /** Null: the same request placed it before. */
  readonly touched: Touched[] | null;
}

async function place(deps: OrderDeps, tx: Tx, request: CheckOutRequest): Promise<Placed> {
  const { clock } = deps;
  const { holder, body, idempotencyKey } = request;
  const open = await openCheckOut(tx, deps, holder);
  // Looked up under the cart's lock: a twin of this request has either not begun or is done.
  const requestKey = idempotencyKey === null ? null : `${holder.anonymousId}:${idempotencyKey}`;
  const requestHash = hashBody(body);
  const known = requestKey && (await findOrder(tx, "web", { requestKey, sourceOrderId: null }));
  if (known) return { order: sameRequest(known, requestHash), touched: null };
  if (open.lines.length === 0) throw refuse("cart_empty");
  if (await findPendingOfCart(tx, open.cartId)) throw refuse("checkout_under_way");
  const id = newId(clock);
  const until = clock.now().add(HOLD);
  const { lines, currency, total } = await priceLines(tx, id, open.lines, "items");
  const touched = await hold(tx, clock, id, open, until);
  const now = clock.now().toString();
  const order: OrderRow = {
    id,
    number: await nextNumber(tx),
    source: "web",
    source_order_id: id,
    request_key: requestKey,
    request_hash: requestHash,
    profile_id: open.profileId,
    anonymous_id: holder.anonymousId,
    email: body.email ?? null,
    is_proven: holder.kind === "person",
    cart_id: open.cartId,
    channel: "web",
    store_id: null,
    actor: null,
    state: "placed",
    payment_state: "pending",
    fulfilment_state: "unfulfilled",
    payment_method: body.payment,
    payment_reference: null,
    currency,
    total,
    placed_at: now,
    paid_at: null,
    hold_until: until.toString(),
    updated_at: now,
  };
  if (!(await insertOrder(tx, order))) throw refuse("checkout_under_way");
  await insertLines(tx, lines);
  return { order, touched };
}

async function hold(tx: Tx, clock: Clock, owner: string, open: CheckOut, until: Temporal.Instant): Promise<Touched[]> {
  const held = await holdStock(tx, clock, { owner, lines: open.lines, until });
  if (held.held) return held.touched;
  const errors = held.short.map(({ variantId, wanted, available }) => ({
    path: `items.${open.lines.findIndex((line) => line.variantId === variantId)}.quantity`,
    message: available === 0 ? "sold out" : `${wanted} wanted, ${available} left`,
  }));
  throw refuse("sold_out", undefined, errors);
}
