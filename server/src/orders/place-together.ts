import { offersLocker, offersPickup, readStores } from "../catalog/index.ts";
import { announce, type Shortage } from "../inventory/index.ts";
import { type CheckOut, openCheckOut } from "../lists/index.ts";
import { inTransaction, type Tx } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { allEnded } from "../platform/jointly.ts";
import type { CheckOutRequest, OrderDeps } from "./check-out.ts";
import { hashReceipt, receiptCode } from "./collection-code.ts";
import type { WebOrder } from "./contracts.ts";
import { hashBody, type Priced, priceLines, sameRequest } from "./draft-order.ts";
import { refuse } from "./errors.ts";
import { groupLines } from "./group-lines.ts";
import { type HeldPlan, type PlanRequest, planTogether } from "./plan-fulfilments.ts";
import type { Policy } from "./policy.ts";
import { insertFulfilments } from "./queries/fulfilments.pg.ts";
import { findOrder, insertLines, insertOrders, isBeingPaid, nextNumbers, type OrderRow } from "./queries/orders.pg.ts";
import { loadPolicy } from "./queries/policy.pg.ts";
import type { Fresh } from "./settle-payment.ts";
import { shippingCost } from "./shipping-cost.ts";

/** How long stock is held while the payment is under way. */
const HOLD = { minutes: 10 } as const;

export interface Placed {
  readonly order: OrderRow;
  /** Null: the same request placed it before. */
  readonly fresh: Fresh | null;
}

/**
 * Holds the stock and writes the orders of all who check out at the same time, in one transaction. What is refused to one
 * is its own answer; what breaks, breaks all of them, and each is tried alone.
 */
export async function placeTogether(
  deps: OrderDeps,
  requests: readonly CheckOutRequest[],
): Promise<(Placed | AppError)[]> {
  const { placed, touched } = await inTransaction(deps.db, (tx) => place(deps, tx, requests));
  announce(deps.bus, touched);
  for (const one of placed) if ("fresh" in one && one.fresh) deps.bus.changed("order", one.order.id, ["placed"]);
  return placed;
}

async function place(deps: OrderDeps, tx: Tx, requests: readonly CheckOutRequest[]) {
  const drafts = await allEnded(requests.map((request) => draft(deps, tx, request).catch(refusal)));
  const wanted = drafts.flatMap((one) => ("plan" in one ? [one] : []));
  const { plans, touched } = await planTogether(
    tx,
    deps.clock,
    wanted.map((one) => one.plan),
  );
  const held = wanted.flatMap((one, i): Written[] => {
    const plan = plans[i];
    return plan?.isHeld ? [{ draft: one, plan }] : [];
  });
  const written = new Map((await write(deps, tx, held)).map((one) => [one.order.id, one]));
  const placed = drafts.map((one): Placed | AppError => {
    if (!("plan" in one)) return one;
    const plan = plans[wanted.indexOf(one)];
    if (plan && !plan.isHeld) return soldOut(one.open, plan.short);
    return written.get(one.id) as Placed;
  });
  return { placed, touched };
}

function refusal(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}

interface Draft {
  readonly id: string;
  readonly request: CheckOutRequest;
  readonly requestKey: string | null;
  readonly open: CheckOut;
  readonly priced: Priced;
  readonly shipping: number;
  readonly plan: PlanRequest & { readonly until: Temporal.Instant };
}

/** What one request asks for, read under the lock of its cart; or the order that it placed before. */
async function draft(deps: OrderDeps, tx: Tx, request: CheckOutRequest): Promise<Draft | Placed> {
  const { clock } = deps;
  const { holder, body, idempotencyKey } = request;
  const open = await openCheckOut(tx, deps, holder);
  // Looked up under the cart's lock: a twin of this request has either not begun or is done.
  const requestKey = idempotencyKey === null ? null : `${holder.anonymousId}:${idempotencyKey}`;
  const known = requestKey && (await findOrder(tx, "web", { requestKey, sourceOrderId: null }));
  if (known) return { order: sameRequest(known, hashBody(body)), fresh: null };
  if (!deps.payments.accepts(methodOf(body))) {
    throw refuse("payment_not_offered", undefined, [{ path: "payment", message: "is not set up here" }]);
  }
  if (open.lines.length === 0) throw refuse("cart_empty");
  if (await isBeingPaid(tx, open.cartId)) throw refuse("checkout_under_way");
  const id = newId(clock);
  const priced = await priceLines(tx, id, open.lines, { path: "items", market: open.market });
  const policy = await loadPolicy(tx);
  const shipping = shippingOf(policy, body, open, priced);
  const groups = groupLines(open.lines, body.deliveries);
  await checkStores(tx, body);
  const until = clock.now().add(HOLD);
  const plan = { orderId: id, channel: body.channel, address: body.address ?? null, groups, until, policy };
  return { id, request, requestKey, open, priced, shipping, plan };
}

interface Written {
  readonly draft: Draft;
  readonly plan: HeldPlan;
}

async function write(deps: OrderDeps, tx: Tx, held: readonly Written[]): Promise<Placed[]> {
  if (held.length === 0) return [];
  const numbers = await nextNumbers(tx, held.length);
  const orders = held.map((one, i) => toOrder(deps, one.draft, numbers[i] ?? ""));
  const inserted = insertOrders(tx, orders);
  // On their way with them: if an order was there before they fail, and the whole with them.
  insertLines(
    tx,
    held.flatMap(({ draft: { priced } }) => priced.lines),
  );
  insertFulfilments(
    tx,
    held.flatMap(({ plan }) => plan.fulfilments),
    held.flatMap(({ plan }) => plan.lines),
  );
  // Two requests of one cart at once: alone, the second hears what came of the first.
  if (!(await inserted)) throw refuse("checkout_under_way");
  return held.map(({ draft: { priced }, plan }, i) => {
    const { lines, items } = priced;
    const { fulfilments, parts } = plan;
    return { order: orders[i] as OrderRow, fresh: { lines, items, fulfilments, shares: plan.lines, parts } };
  });
}

function toOrder(deps: OrderDeps, draft: Draft, number: string): OrderRow {
  const { id, request, requestKey, open, priced, shipping, plan } = draft;
  const { holder, body } = request;
  const now = deps.clock.now().toString({ smallestUnit: "millisecond" });
  return {
    id,
    number,
    source: "web",
    source_order_id: id,
    request_key: requestKey,
    request_hash: hashBody(body),
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
    currency: priced.currency,
    region: open.market.region ?? null,
    total: priced.total + shipping,
    refunded: 0,
    discount: 0,
    shipping,
    tax: 0,
    address: body.address ?? null,
    receipt_hash: hashReceipt(deps.secrets, receiptCode(deps.secrets, id)),
    placed_at: now,
    paid_at: null,
    hold_until: plan.until.toString({ smallestUnit: "millisecond" }),
    updated_at: now,
    language: body.language ?? null,
    till: null,
    business_day: null,
  };
}

function methodOf({ payment }: WebOrder): string {
  return typeof payment === "string" ? payment : payment.method;
}

function soldOut(open: CheckOut, short: readonly Shortage[]): AppError {
  const errors = short.map(({ variantId, wanted, available }) => ({
    path: `items.${open.lines.findIndex((line) => line.variantId === variantId)}.quantity`,
    message: available === 0 ? "sold out" : `${wanted} wanted, ${available} left`,
  }));
  return refuse("sold_out", undefined, errors);
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
  const known = new Map((await readStores(tx)).map((store) => [store.id, store]));
  for (const [at, { kind, store_id }] of deliveries.entries()) {
    if (store_id === undefined) continue;
    const store = known.get(store_id);
    const wrong = (message: string) => [{ path: `deliveries.${at}.store_id`, message }];
    if (!store) throw refuse("store_not_found", undefined, wrong("is not known"));
    if (kind === "pickup" && !offersPickup(store)) throw refuse("no_pickup", undefined, wrong("hands over no orders"));
    if (kind === "locker" && !offersLocker(store)) throw refuse("no_locker", undefined, wrong("has no locker"));
  }
}
