import { readStores } from "../catalog/index.ts";
import { findProfile, loadAliases, loadMergedFrom } from "../identity/index.ts";
import type { Db } from "../platform/db.ts";
import { cursorId, type Page, type PageQuery, toPage } from "../platform/pages.ts";
import type { Secrets } from "../platform/secrets.ts";
import { receiptCode } from "./collection-code.ts";
import type { Order, OrderQuery, STATUSES } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { type FulfilmentLineRow, type FulfilmentRow, loadFulfilments } from "./queries/fulfilments.pg.ts";
import { type LineRow, listOrders, loadLines, loadOrder, type OrderRow } from "./queries/orders.pg.ts";
import { loadPayments } from "./queries/payments.pg.ts";
import { type NamesOf, showFulfilment, showFulfilments, type View } from "./show-fulfilments.ts";

export interface ShowDeps {
  readonly db: Db;
  readonly secrets: Secrets;
  readonly namesOf: NamesOf;
}

/** The order book, or one person's part of it with what was ordered under ids that were merged into hers. */
export async function readOrders(deps: ShowDeps, query: OrderQuery): Promise<Page<Order>> {
  if (query.profile === undefined) return listPage(deps, null, query);
  const profileId = await findProfile(deps.db, query.profile);
  return profileId === null ? { items: [], next: null } : listPage(deps, profileId, query);
}

export async function readOrdersOf(deps: ShowDeps, profileId: string, query: PageQuery): Promise<Page<Order>> {
  return listPage(deps, (await findProfile(deps.db, profileId)) ?? profileId, query, "buyer");
}

export async function readOrder(deps: ShowDeps, id: string): Promise<Order> {
  const row = await loadOrder(deps.db, id);
  const [order] = row ? await showOrders(deps, [row]) : [];
  if (!order) throw refuse("order_not_found");
  const { currency } = order;
  const tenders = (await loadPayments(deps.db, id)).map(({ method, amount }) => ({
    method,
    amount: { amount, currency },
  }));
  return { ...order, payment: { ...order.payment, tenders } };
}

/** The buyer's own order, also if it was placed under an id that was merged into hers. */
export async function readOrderOf(deps: ShowDeps, profileId: string, id: string): Promise<Order> {
  const row = await requireOwn(deps.db, profileId, id);
  const [order] = await showOrders(deps, [row], "buyer");
  if (!order) throw refuse("order_not_found");
  return order;
}

/** Of an order that is not hers the caller learns nothing, not even that there is one. */
export async function requireOwn(db: Db, profileId: string, orderId: string): Promise<OrderRow> {
  const row = await loadOrder(db, orderId);
  const [owner, caller] = [row?.profile_id ?? null, (await findProfile(db, profileId)) ?? profileId];
  if (!row || owner === null || ((await findProfile(db, owner)) ?? owner) !== caller) throw refuse("order_not_found");
  return row;
}

async function listPage(
  deps: ShowDeps,
  profileId: string | null,
  { limit, after, ...filter }: Omit<OrderQuery, "profile">,
  view: View = "staff",
): Promise<Page<Order>> {
  const profileIds = profileId === null ? null : [profileId, ...(await loadMergedFrom(deps.db, profileId))];
  const found = await listOrders(deps.db, { ...filter, profileIds, after: cursorId(after), limit: limit + 1 });
  const page = toPage(found, limit, (row) => [row.id]);
  return { items: await showOrders(deps, page.items, view), next: page.next };
}

/** What of an order is known without reading it. */
export interface Written {
  readonly lines: readonly LineRow[];
  readonly fulfilments: readonly FulfilmentRow[];
  readonly shares: readonly FulfilmentLineRow[];
}

/** An order that was written this moment, as its buyer sees it. Her name is for those who have proven it. */
export function showWritten({ secrets }: Pick<ShowDeps, "secrets">, row: OrderRow, written: Written): Order {
  const { lines, fulfilments, shares } = written;
  return toOrder(secrets, row, {
    lines,
    fulfilments: fulfilments.map((one) => showFulfilment(secrets, one, shares, "buyer")),
    profileId: row.profile_id,
    profileName: null,
    storeName: null,
  });
}

export async function showOrders(
  { db, secrets, namesOf }: ShowDeps,
  rows: readonly OrderRow[],
  view: View = "staff",
): Promise<Order[]> {
  if (rows.length === 0) return [];
  const buyers = [...new Set(rows.flatMap((row) => row.profile_id ?? []))];
  const survivorOf = await loadAliases(db, buyers);
  const now = (id: string | null) => (id === null ? null : (survivorOf.get(id) ?? id));
  const ids = rows.map((row) => row.id);
  const [lines, stores, names, fulfilments] = await Promise.all([
    loadLines(db, ids),
    readStores(db, { withArchived: true }),
    namesOf(
      db,
      buyers.map((id) => survivorOf.get(id) ?? id),
    ),
    loadFulfilments(db, ids),
  ]);
  const shown = Map.groupBy(await showFulfilments({ db, secrets }, fulfilments, view), (one) => one.order_id);
  const byOrder = Map.groupBy(lines, (line) => line.order_id);
  const storeName = new Map(stores.map((store) => [store.id, store.name]));
  return rows.map((row) =>
    toOrder(secrets, row, {
      lines: byOrder.get(row.id) ?? [],
      fulfilments: shown.get(row.id) ?? [],
      profileId: now(row.profile_id),
      profileName: names.get(now(row.profile_id) ?? "") ?? null,
      storeName: storeName.get(row.store_id ?? "") ?? null,
    }),
  );
}

interface Known {
  readonly lines: readonly LineRow[];
  readonly fulfilments: Order["fulfilments"];
  readonly profileId: string | null;
  readonly profileName: string | null;
  readonly storeName: string | null;
}

function toOrder(secrets: Secrets, row: OrderRow, known: Known): Order {
  const { currency } = row;
  return {
    id: row.id,
    number: row.number,
    channel: row.channel,
    store_id: row.store_id,
    store_name: known.storeName,
    profile_id: known.profileId,
    profile_name: known.profileName,
    email: row.email,
    address: row.address,
    status: statusOf(row),
    state: row.state,
    payment: { method: row.payment_method, state: row.payment_state },
    fulfilment: { state: row.fulfilment_state },
    total: { amount: row.total, currency },
    discount: { amount: row.discount, currency },
    shipping: { amount: row.shipping, currency },
    tax: { amount: row.tax, currency },
    refunded: { amount: row.refunded, currency },
    currency,
    till: row.till,
    business_day: row.business_day,
    placed_at: row.placed_at,
    created_at: row.placed_at,
    lines: known.lines.map((line) => showLine(line, currency)),
    fulfilments: [...known.fulfilments],
    receipt_code: receiptCode(secrets, row.id),
  };
}

function statusOf(row: OrderRow): (typeof STATUSES)[number] {
  if (row.payment_state === "pending") return "awaiting_payment";
  if (row.state === "cancelled") return "cancelled";
  return row.fulfilment_state === "fulfilled" ? "completed" : "paid";
}

function showLine(line: LineRow, currency: string): Order["lines"][number] {
  const { order_id: _order, category: _category, unit_price, discount, tax: _tax, ...facts } = line;
  const total = { amount: unit_price * line.quantity - discount, currency };
  return { ...facts, price: { amount: unit_price, currency }, total };
}
