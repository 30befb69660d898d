import { readStores } from "../catalog/index.ts";
import { findProfile, loadAliases, loadMergedFrom } from "../identity/index.ts";
import type { Db } from "../platform/db.ts";
import { isUuid } from "../platform/ids.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../platform/pages.ts";
import type { Order, OrderQuery, STATUSES } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { type LineRow, listOrders, loadLines, loadOrder, type OrderRow } from "./queries/orders.pg.ts";

/** How a person is called on screens, by profile id; wired from the profiles' room. */
export type NamesOf = (db: Db, profileIds: readonly string[]) => Promise<ReadonlyMap<string, string | null>>;

export interface ShowDeps {
  readonly db: Db;
  readonly namesOf: NamesOf;
}

/** The order book, or one person's part of it with what was ordered under ids that were merged into hers. */
export async function readOrders(deps: ShowDeps, query: OrderQuery): Promise<Page<Order>> {
  if (query.profile === undefined) return listPage(deps, null, query);
  const profileId = await findProfile(deps.db, query.profile);
  return profileId === null ? { items: [], next: null } : listPage(deps, profileId, query);
}

export async function readOrdersOf(deps: ShowDeps, profileId: string, query: PageQuery): Promise<Page<Order>> {
  return listPage(deps, (await findProfile(deps.db, profileId)) ?? profileId, query);
}

export async function readOrder(deps: ShowDeps, id: string): Promise<Order> {
  const row = await loadOrder(deps.db, id);
  const [order] = row ? await showOrders(deps, [row]) : [];
  if (!order) throw refuse("order_not_found");
  return order;
}

async function listPage(deps: ShowDeps, profileId: string | null, { limit, after }: PageQuery): Promise<Page<Order>> {
  const [cursor] = decodeCursor(after, 1) ?? [];
  const profileIds = profileId === null ? null : [profileId, ...(await loadMergedFrom(deps.db, profileId))];
  const from = typeof cursor === "string" && isUuid(cursor) ? cursor : null;
  const found = await listOrders(deps.db, { profileIds, after: from, limit: limit + 1 });
  const page = toPage(found, limit, (row) => [row.id]);
  return { items: await showOrders(deps, page.items), next: page.next };
}

export async function showOrders({ db, namesOf }: ShowDeps, rows: readonly OrderRow[]): Promise<Order[]> {
  if (rows.length === 0) return [];
  const buyers = [...new Set(rows.flatMap((row) => row.profile_id ?? []))];
  const survivorOf = await loadAliases(db, buyers);
  const now = (id: string | null) => (id === null ? null : (survivorOf.get(id) ?? id));
  const [lines, stores, names] = await Promise.all([
    loadLines(
      db,
      rows.map((row) => row.id),
    ),
    readStores(db),
    namesOf(
      db,
      buyers.map((id) => survivorOf.get(id) ?? id),
    ),
  ]);
  const byOrder = Map.groupBy(lines, (line) => line.order_id);
  const storeName = new Map(stores.map((store) => [store.id, store.name]));
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    channel: row.channel,
    store_id: row.store_id,
    store_name: storeName.get(row.store_id ?? "") ?? null,
    profile_id: now(row.profile_id),
    profile_name: names.get(now(row.profile_id) ?? "") ?? null,
    email: row.email,
    status: statusOf(row),
    state: row.state,
    payment: { method: row.payment_method, state: row.payment_state },
    fulfilment: { state: row.fulfilment_state },
    total: { amount: row.total, currency: row.currency },
    currency: row.currency,
    placed_at: row.placed_at,
    created_at: row.placed_at,
    lines: (byOrder.get(row.id) ?? []).map((line) => showLine(line, row.currency)),
  }));
}

function statusOf(row: OrderRow): (typeof STATUSES)[number] {
  if (row.payment_state === "pending") return "awaiting_payment";
  if (row.state === "cancelled") return "cancelled";
  return row.fulfilment_state === "fulfilled" ? "completed" : "paid";
}

function showLine(line: LineRow, currency: string): Order["lines"][number] {
  const { order_id: _order, position: _position, category: _category, unit_price, ...facts } = line;
  return { ...facts, price: { amount: unit_price, currency } };
}
