import { loadAliases } from "../identity/index.ts";
import type { Db } from "../platform/db.ts";
import { cursorId, type Page, toPage } from "../platform/pages.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { OrderDeps } from "./check-out.ts";
import { collectionCode } from "./collection-code.ts";
import type { Fulfilment, FulfilmentQuery, QueuedFulfilment } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { findCollectable } from "./hand-over-fulfilment.ts";
import {
  type FulfilmentLineRow,
  type FulfilmentRow,
  listFulfilments,
  loadFulfilment,
  loadFulfilmentLines,
} from "./queries/fulfilments.pg.ts";
import { loadLines, loadOrders } from "./queries/orders.pg.ts";

/** How a person is called on screens, by profile id; wired from the profiles' room. */
export type NamesOf = (db: Db, profileIds: readonly string[]) => Promise<ReadonlyMap<string, string | null>>;

/** The code that fetches the goods is for the buyer's eyes alone. */
export type View = "staff" | "buyer";

export interface ShowFulfilmentDeps {
  readonly db: Db;
  readonly secrets: Secrets;
}

export interface QueueDeps extends ShowFulfilmentDeps {
  readonly namesOf: NamesOf;
}

export async function showFulfilments(
  { db, secrets }: ShowFulfilmentDeps,
  rows: readonly FulfilmentRow[],
  view: View = "staff",
): Promise<Fulfilment[]> {
  const ids = rows.map((row) => row.id);
  const lines = Map.groupBy(await loadFulfilmentLines(db, ids), (line) => line.fulfilment_id);
  return rows.map((row) => showFulfilment(secrets, row, lines.get(row.id) ?? [], view));
}

/** Of the lines given those that are its own. */
export function showFulfilment(
  secrets: Secrets,
  row: FulfilmentRow,
  lines: readonly FulfilmentLineRow[],
  view: View,
): Fulfilment {
  return {
    id: row.id,
    order_id: row.order_id,
    kind: row.kind,
    state: row.state,
    location_id: row.location_id,
    store_id: row.store_id,
    promised_at: row.promised_at,
    accepted_at: row.accepted_at,
    ready_at: row.ready_at,
    expires_at: row.expires_at,
    compartment: row.compartment,
    collector: row.collector_name === null ? null : { name: row.collector_name, email: row.collector_email },
    tracking:
      row.carrier === null
        ? null
        : {
            carrier: row.carrier,
            number: row.tracking_number,
            url: row.tracking_url,
            state: row.carrier_state,
            at: row.carrier_at,
          },
    shipped_at: row.shipped_at,
    delivered_at: row.delivered_at,
    collected_at: row.collected_at,
    collected_by: row.collected_by,
    ended_reason: row.ended_reason,
    lines: lines
      .filter((line) => line.fulfilment_id === row.id)
      .map(({ position, variant_id, quantity }) => ({ position, variant_id, quantity })),
    ...(view === "buyer" && row.state === "ready" ? { collection_code: collectionCode(secrets, row.id) } : {}),
  };
}

export async function readFulfilment(deps: ShowFulfilmentDeps, id: string): Promise<Fulfilment> {
  const row = await loadFulfilment(deps.db, id);
  const [fulfilment] = row ? await showFulfilments(deps, [row]) : [];
  if (!fulfilment) throw refuse("fulfilment_not_found");
  return fulfilment;
}

/** What waits for somebody in a store, the oldest first. */
export async function readFulfilments(deps: QueueDeps, query: FulfilmentQuery): Promise<Page<QueuedFulfilment>> {
  const { store = null, state = null, limit } = query;
  const found = await listFulfilments(deps.db, { store, state, after: cursorId(query.after), limit: limit + 1 });
  const page = toPage(found, limit, (row) => [row.id]);
  return { items: await showQueue(deps, page.items), next: page.next };
}

/** What lies ready under a code in a store, before it is handed over. */
export async function readByCode(deps: QueueDeps & OrderDeps, storeId: string, code: string) {
  const [found] = await showQueue(deps, [await findCollectable(deps, storeId, code)]);
  if (!found) throw refuse("code_unknown");
  return found;
}

/** With the facts of its order: one read for all of them. */
async function showQueue(deps: QueueDeps, rows: readonly FulfilmentRow[]): Promise<QueuedFulfilment[]> {
  const { db, namesOf } = deps;
  const orderIds = [...new Set(rows.map((row) => row.order_id))];
  const [shown, orders, lines] = await Promise.all([
    showFulfilments(deps, rows),
    loadOrders(db, orderIds),
    loadLines(db, orderIds),
  ]);
  const buyers = [...new Set(orders.flatMap((order) => order.profile_id ?? []))];
  const survivorOf = await loadAliases(db, buyers);
  const now = (id: string | null) => (id === null ? null : (survivorOf.get(id) ?? id));
  const names = await namesOf(
    db,
    buyers.map((id) => survivorOf.get(id) ?? id),
  );
  return shown.map((one) => {
    const order = orders.find(({ id }) => id === one.order_id);
    const profile_id = now(order?.profile_id ?? null);
    return {
      ...one,
      order_number: order?.number ?? "",
      profile_id,
      profile_name: names.get(profile_id ?? "") ?? order?.address?.name ?? null,
      channel: order?.channel ?? "",
      lines: one.lines.flatMap(({ position, quantity }) => {
        const line = lines.find((other) => other.order_id === one.order_id && other.position === position);
        if (!line) return [];
        const { variant_id, sku, title, titles, size, color, image_url } = line;
        return [{ position, variant_id, sku, title, titles, size, color, image_url, quantity }];
      }),
    };
  });
}
