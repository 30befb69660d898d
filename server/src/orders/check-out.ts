import type { Holder } from "../lists/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { Gather } from "../platform/gather.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { WebOrder } from "./contracts.ts";
import { refuse } from "./errors.ts";
import type { NextAction, PaymentGateway } from "./payment-gateway.ts";
import { type Placed, placeTogether } from "./place-together.ts";
import { loadOrder, type OrderRow } from "./queries/orders.pg.ts";
import { type Completed, completeTogether, resumePayment, settlePayment, type ToComplete } from "./settle-payment.ts";
import type { Written } from "./show-orders.ts";

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

export interface CheckedOut extends OrderRow {
  /** What the buyer has to do before it is paid. */
  readonly action?: NextAction;
  /** All of it, when this request has written it. */
  readonly written?: Written;
}

export type CheckOutDesk = (request: CheckOutRequest) => Promise<CheckedOut>;

/** So many checkouts share a transaction, and so many transactions are under way: whom a lock keeps waiting, waits alone. */
const TOGETHER = { most: 50, atOnce: 2 };

/**
 * Orders what lies in callers' carts: hold the stock and write the order; then pay, outside of any transaction; then commit
 * the stock and tell everybody. Those who come at the same time are placed together and carried through together. A
 * repeated request goes on where the first one stopped.
 */
export function checkOutDesk(deps: OrderDeps): CheckOutDesk {
  const placing = new Gather<CheckOutRequest, Placed | AppError>((asked) => placeTogether(deps, asked), TOGETHER);
  const completing = new Gather<ToComplete, Completed | null>((paid) => completeTogether(deps, paid), TOGETHER);
  return async (request) => {
    const placed = await placing.ask(request);
    if (placed instanceof AppError) throw placed;
    const { order, fresh } = placed;
    if (order.payment_state !== "pending") return ended(order, null);
    const complete = (known: OrderRow) =>
      fresh ? completing.ask({ order: known, fresh }) : alone(deps, { order: known, fresh });
    const { action, paid } = await settlePayment(deps, order, tokenOf(request.body), complete);
    if (!paid) return ended(await loadOrder(deps.db, order.id), action);
    return fresh ? { ...paid.order, written: { ...fresh, fulfilments: paid.fulfilments } } : paid.order;
  };
}

/** Goes on with a payment after the buyer's own step. Of an order that another device made the caller learns nothing. */
export async function confirmPayment(deps: OrderDeps, holder: Holder, orderId: string): Promise<CheckedOut> {
  const order = await loadOrder(deps.db, orderId);
  if (!order || order.anonymous_id !== holder.anonymousId) throw refuse("order_not_found");
  const action = await resumePayment(deps, order);
  return ended(await loadOrder(deps.db, orderId), action);
}

async function alone(deps: OrderDeps, paid: ToComplete): Promise<Completed | null> {
  return (await completeTogether(deps, [paid]))[0] ?? null;
}

function ended(order: OrderRow | undefined, action: NextAction | null): CheckedOut {
  if (order?.paid_at) return order;
  if (order?.payment_state === "pending") return action ? { ...order, action } : order;
  throw refuse(order?.payment_state === "failed" ? "payment_declined" : "payment_too_late");
}

function tokenOf({ payment }: WebOrder): string | null {
  return typeof payment === "string" ? null : (payment.token ?? null);
}
