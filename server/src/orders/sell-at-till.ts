import { type Market, marketOfStore, readStores } from "../catalog/index.ts";
import { append } from "../collect/index.ts";
import { findByIdentifier, findProfile, loadIdentifiersOf } from "../identity/index.ts";
import { announce, type HandedOut, readLocations, sellInHand } from "../inventory/index.ts";
import { announceBought, type Bought, removeBought } from "../lists/index.ts";
import { inTransaction, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { OrderDeps } from "./check-out.ts";
import { hashReceipt, receiptCode } from "./collection-code.ts";
import type { TillSale } from "./contracts.ts";
import { hashBody, sameRequest } from "./draft-order.ts";
import { refuse } from "./errors.ts";
import { writeReceipt } from "./letters/order-letters.ts";
import { priceSale } from "./price-sale.ts";
import { insertFulfilments } from "./queries/fulfilments.pg.ts";
import { findOrder, insertLines, insertOrders, type LineRow, nextNumbers, type OrderRow } from "./queries/orders.pg.ts";
import { insertPayments } from "./queries/payments.pg.ts";
import { announceOrder } from "./settle-payment.ts";
import { newsOfOrder } from "./tell-order.ts";

export interface TillRequest {
  readonly sale: TillSale;
  /** The associate, or the system that tells the sale. */
  readonly actor: string;
  readonly source: string;
  readonly idempotencyKey: string | null;
}

export interface Sold {
  readonly order: OrderRow;
  readonly discrepancies: HandedOut["discrepancies"];
}

/** Writes down a sale of goods that are in the customer's hand and paid for. It is never refused for lack of stock. */
export async function sellAtTill(deps: OrderDeps, request: TillRequest): Promise<Sold> {
  const { order, sold } = await inTransaction(deps.db, (tx) => sell(deps, tx, request));
  if (sold) {
    announce(deps.bus, sold.out.touched);
    announceOrder(deps, order);
    announceBought(deps.bus, sold.bought);
  }
  return { order, discrepancies: sold?.out.discrepancies ?? [] };
}

async function sell(
  { clock, secrets }: OrderDeps,
  tx: Tx,
  request: TillRequest,
): Promise<{ order: OrderRow; sold: { readonly out: HandedOut; readonly bought: Bought } | null }> {
  const { sale, actor, source, idempotencyKey } = request;
  const requestHash = hashBody(sale);
  const id = newId(clock);
  const known = { requestKey: idempotencyKey, sourceOrderId: sale.order_id ?? id };
  const before = await findOrder(tx, source, known);
  if (before) return { order: sameRequest(before, requestHash), sold: null };
  const { locationId, market } = await placeOf(tx, sale);
  const asked = sale.lines.map((line) => ({ variantId: line.variant_id, quantity: line.quantity }));
  const { lines, items, currency, total, payments } = await priceSale(tx, id, sale, market);
  const customer = await customerOf(tx, sale);
  const buyer = { profileId: customer, listId: sale.list_id ?? null, storeId: sale.store_id };
  const bought = await removeBought(tx, clock, buyer, asked);
  const cause = { type: "order", id, actor };
  const now = clock.now().toString({ smallestUnit: "millisecond" });
  const soldAt = soldBefore(sale.sold_at, clock.now()) ?? now;
  const out = await sellInHand(tx, clock, { locationId, lines: asked, cause, happenedAt: soldAt });
  const order: OrderRow = {
    id,
    number: (await nextNumbers(tx, 1))[0] ?? "",
    source,
    source_order_id: known.sourceOrderId,
    request_key: idempotencyKey,
    request_hash: requestHash,
    profile_id: bought.profileId,
    anonymous_id: null,
    email: sale.email ?? null,
    is_proven: false,
    cart_id: null,
    channel: "store",
    store_id: sale.store_id,
    actor,
    state: "completed",
    payment_state: "paid",
    fulfilment_state: "fulfilled",
    payment_method: payments.length === 1 ? (payments[0]?.method ?? "cash") : "split",
    payment_reference: null,
    currency,
    region: market.region ?? null,
    total,
    refunded: 0,
    discount: sale.discount ?? 0,
    shipping: 0,
    tax: sale.tax ?? 0,
    address: null,
    receipt_hash: hashReceipt(secrets, receiptCode(secrets, id)),
    placed_at: soldAt,
    paid_at: soldAt,
    hold_until: null,
    updated_at: now,
    language: sale.language ?? null,
    till: sale.till ?? null,
    business_day: sale.business_day ?? null,
  };
  if (!(await insertOrders(tx, [order]))) throw new ToldAtOnce();
  insertLines(tx, lines);
  insertPayments(
    tx,
    payments
      .filter((payment) => payment.amount > 0)
      .map((payment) => ({
        ...payment,
        id: newId(clock),
        order_id: id,
        refunded: 0,
        reference: null,
        captured_at: soldAt,
      })),
  );
  await handedOver(tx, order, locationId, lines);
  await append(tx, await newsOfOrder(tx, clock, order, { lines, items, cart: bought.cart, listed: bought.listed }));
  await writeReceipt(tx, { clock }, order);
  return { order, sold: { out, bought } };
}

/** What went over the counter is handed over: its time to be returned begins. */
async function handedOver(tx: Tx, order: OrderRow, locationId: string, lines: readonly LineRow[]): Promise<void> {
  const { id, store_id, actor, placed_at: at } = order;
  insertFulfilments(
    tx,
    [
      {
        id,
        order_id: id,
        kind: "counter",
        location_id: locationId,
        store_id,
        state: "collected",
        collected_at: at,
        collected_by: "buyer",
        actor,
        created_at: at,
        updated_at: at,
      },
    ],
    lines.map(({ position, variant_id, quantity }) => ({ fulfilment_id: id, position, variant_id, quantity })),
  );
}

/** When it was sold, if that was before now. */
function soldBefore(given: string | undefined, now: Temporal.Instant): string | null {
  if (given === undefined || Temporal.Instant.compare(Temporal.Instant.from(given), now) >= 0) return null;
  return Temporal.Instant.from(given).toString({ smallestUnit: "millisecond" });
}

/** A twin of this request committed while we worked: as retryable as a serialisation failure, and then it is found. */
class ToldAtOnce extends Error {
  readonly code = "40001";
}

interface Place {
  readonly locationId: string;
  readonly market: Market;
}

/** Where it was sold: whose stock it leaves, and whose prices hold. A store without a currency takes each variant's own. */
async function placeOf(tx: Tx, { store_id, currency: asked }: TillSale): Promise<Place> {
  const [stores, locations] = await Promise.all([readStores(tx), readLocations(tx)]);
  const location = locations.find((place) => place.store_id === store_id);
  const store = stores.find(({ id }) => id === store_id);
  if (!location || !store) {
    throw refuse("store_not_found", undefined, [{ path: "store_id", message: "is not known" }]);
  }
  return { locationId: location.id, market: marketOfStore({ ...store, currency: asked ?? store.currency }) };
}

async function customerOf(tx: Tx, sale: TillSale): Promise<string | null> {
  if (sale.profile_id) {
    const profileId = (await findProfile(tx, sale.profile_id)) ?? sale.profile_id;
    if ((await loadIdentifiersOf(tx, [profileId])).length > 0) return profileId;
    throw refuse("profile_not_found", undefined, [{ path: "profile_id", message: "is not known" }]);
  }
  return sale.email ? findByIdentifier(tx, "email", sale.email) : null;
}
