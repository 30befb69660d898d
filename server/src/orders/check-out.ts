import { readStores } from "../catalog/index.ts";
import { announce, type Shortage, type Touched } from "../inventory/index.ts";
import { type CheckOut, type Holder, openCheckOut } from "../lists/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { Secrets } from "../platform/secrets.ts";
import { hashReceipt, receiptCode } from "./collection-code.ts";
import type { WebOrder } from "./contracts.ts";
import { hashBody, type Priced, priceLines, sameRequest } from "./draft-order.ts";
import { refuse } from "./errors.ts";
import { groupLines } from "./group-lines.ts";
import type { NextAction, PaymentGateway } from "./payment-gateway.ts";
import { type Plan, planFulfilments } from "./plan-fulfilments.ts";
import type { Policy } from "./policy.ts";
import { insertFulfilments } from "./queries/fulfilments.pg.ts";
import {
  findOrder,
  findPendingOfCart,
  insertLines,
  insertOrder,
  loadOrder,
  nextNumber,
  type OrderRow,
} from "./queries/orders.pg.ts";
import { loadPolicy } from "./queries/policy.pg.ts";
import { type Fresh, resumePayment, settlePayment } from "./settle-payment.ts";
import { shippingCost } from "./shipping-cost.ts";
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

/** How long stock is held while the payment is under way. */
const HOLD = { minutes: 10 } as const;

/**
 * Orders what lies in the caller's cart: hold the stock and write the order; then pay, outside of any transaction; then
 * commit the stock and tell everybody. A repeated request goes on where the first one stopped.
 */
export async function checkOut(deps: OrderDeps, request: CheckOutRequest): Promise<CheckedOut> {
  const placed = await inTransaction(deps.db, (tx) => place(deps, tx, request));
  if (placed.touched) {
    announce(deps.bus, placed.touched);
    deps.bus.changed("order", placed.order.id, ["placed"]);
  }
  if (placed.order.payment_state !== "pending") return ended(placed.order, null);
  const { action, paid } = await settlePayment(deps, placed.order, tokenOf(request.body), placed.fresh);
  if (!paid) return ended(await loadOrder(deps.db, placed.order.id), action);
  const { fresh } = placed;
  return fresh ? { ...paid.order, written: { ...fresh, fulfilments: paid.fulfilments } } : paid.order;
}

export interface CheckedOut extends OrderRow {
  /** What the buyer has to do before it is paid. */
  readonly action?: NextAction;
  /** All of it, when this request has written it. */
  readonly written?: Written;
}

/** Goes on with a payment after the buyer's own step. Of an order that another device made the caller learns nothing. */
export async function confirmPayment(deps: OrderDeps, holder: Holder, orderId: string): Promise<CheckedOut> {
  const order = await loadOrder(deps.db, orderId);
  if (!order || order.anonymous_id !== holder.anonymousId) throw refuse("order_not_found");
  const action = await resumePayment(deps, order);
  return ended(await loadOrder(deps.db, orderId), action);
}

function ended(order: OrderRow | undefined, action: NextAction | null): CheckedOut {
  if (order?.paid_at) return order;
  if (order?.payment_state === "pending") return action ? { ...order, action } : order;
  throw refuse(order?.payment_state === "failed" ? "payment_declined" : "payment_too_late");
}

function methodOf({ payment }: WebOrder): string {
  return typeof payment === "string" ? payment : payment.method;
}

function tokenOf({ payment }: WebOrder): string | null {
  return typeof payment === "string" ? null : (payment.token ?? null);
}

interface Placed {
  readonly order: OrderRow;
  /** Null: the same request placed it before. */
  readonly touched: Touched[] | null;
  readonly fresh: Fresh | null;
}

async function place(deps: OrderDeps, tx: Tx, request: CheckOutRequest): Promise<Placed> {
  const { clock } = deps;
  const { holder, body, idempotencyKey } = request;
  const open = await openCheckOut(tx, deps, holder);
  // Looked up under the cart's lock: a twin of this request has either not begun or is done.
  const requestKey = idempotencyKey === null ? null : `${holder.anonymousId}:${idempotencyKey}`;
  const requestHash = hashBody(body);
  const known = requestKey && (await findOrder(tx, "web", { requestKey, sourceOrderId: null }));
  if (known) return { order: sameRequest(known, requestHash), touched: null, fresh: null };
  if (!deps.payments.accepts(methodOf(body))) {
    throw refuse("payment_not_offered", undefined, [{ path: "payment", message: "is not set up here" }]);
  }
  if (open.lines.length === 0) throw refuse("cart_empty");
  if (await findPendingOfCart(tx, open.cartId)) throw refuse("checkout_under_way");
  const id = newId(clock);
  const until = clock.now().add(HOLD);
  const {
    lines,
    items,
    currency,
    total: worth,
  } = await priceLines(tx, id, open.lines, {
    path: "items",
    market: open.market,
  });
  const policy = await loadPolicy(tx);
  const shipping = shippingOf(policy, body, open, { lines, currency });
  const total = worth + shipping;
  const plan = await hold(deps, tx, id, { body, open, until, policy });
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
    channel: body.channel,
    store_id: null,
    actor: null,
    state: "placed",
    payment_state: "pending",
    fulfilment_state: "unfulfilled",
    payment_method: methodOf(body),
    payment_reference: deps.payments.nameOf({ orderId: id, method: methodOf(body) }),
    currency,
    region: open.market.region ?? null,
    total,
    refunded: 0,
    discount: 0,
    shipping,
    tax: 0,
    address: body.address ?? null,
    receipt_hash: hashReceipt(deps.secrets, receiptCode(deps.secrets, id)),
    placed_at: now,
    paid_at: null,
    hold_until: until.toString(),
    updated_at: now,
    language: body.language ?? null,
    till: null,
    business_day: null,
  };
  const inserted = insertOrder(tx, order);
  // On their way with it: if it was there before they fail, and the whole with them.
  insertLines(tx, lines);
  insertFulfilments(tx, plan.fulfilments, plan.lines);
  if (!(await inserted)) throw refuse("checkout_under_way");
  const fresh = { lines, items, fulfilments: plan.fulfilments, shares: plan.lines, parts: plan.parts };
  return { order, touched: plan.touched, fresh };
}

interface Wanted {
  readonly body: WebOrder;
  readonly open: CheckOut;
  readonly until: Temporal.Instant;
  readonly policy: Policy;
}

async function hold(
  { clock }: OrderDeps,
  tx: Tx,
  orderId: string,
  { body, open, until, policy }: Wanted,
): Promise<Plan & { isHeld: true }> {
  const groups = groupLines(open.lines, body.deliveries);
  await checkStores(tx, body);
  const address = body.address ?? null;
  const plan = await planFulfilments(tx, clock, { orderId, channel: body.channel, address, groups, until, policy });
  if (plan.isHeld) return plan;
  const path = (short: Shortage) =>
    `items.${open.lines.findIndex((line) => line.variantId === short.variantId)}.quantity`;
  const errors = plan.short.map((short) => ({
    path: path(short),
    message: short.available === 0 ? "sold out" : `${short.wanted} wanted, ${short.available} left`,
  }));
  throw refuse("sold_out", undefined, errors);
}

/** What is picked up costs nothing to send. */
function shippingOf(
  policy: Policy,
  body: WebOrder,
  open: CheckOut,
  { lines, currency }: Pick<Priced, "lines" | "currency">,
): number {
  const delivered = groupLines(open.lines, body.deliveries).filter(({ kind }) => kind === "delivery");
  const positions = new Set(delivered.flatMap((group) => group.lines.map((line) => line.position)));
  const worth = lines
    .filter((line) => positions.has(line.position))
    .reduce((sum, line) => sum + line.unit_price * line.quantity, 0);
  if (positions.size === 0) return 0;
  return shippingCost(policy.shipping, { currency, country: body.address?.country ?? null, worth });
}

async function checkStores(tx: Tx, { deliveries = [] }: WebOrder): Promise<void> {
  if (!deliveries.some((delivery) => delivery.store_id !== undefined)) return;
  const known = new Set((await readStores(tx)).map((store) => store.id));
  const at = deliveries.findIndex(({ store_id }) => store_id !== undefined && !known.has(store_id));
  if (at < 0) return;
  throw refuse("store_not_found", undefined, [{ path: `deliveries.${at}.store_id`, message: "is not known" }]);
}
