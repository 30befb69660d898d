import type { Db } from "../platform/db.ts";
import { cursorId, type Page, toPage } from "../platform/pages.ts";
import type { Secrets } from "../platform/secrets.ts";
import { collectionCode } from "./collection-code.ts";
import type { Fulfilment, FulfilmentQuery } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { type FulfilmentRow, listFulfilments, loadFulfilment, loadFulfilmentLines } from "./queries/fulfilments.pg.ts";

/** The code that fetches the goods is for the buyer's eyes alone. */
export type View = "staff" | "buyer";

export interface ShowFulfilmentDeps {
  readonly db: Db;
  readonly secrets: Secrets;
}

export async function showFulfilments(
  { db, secrets }: ShowFulfilmentDeps,
  rows: readonly FulfilmentRow[],
  view: View = "staff",
): Promise<Fulfilment[]> {
  const ids = rows.map((row) => row.id);
  const lines = Map.groupBy(await loadFulfilmentLines(db, ids), (line) => line.fulfilment_id);
  return rows.map((row) => ({
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
    lines: (lines.get(row.id) ?? []).map(({ position, variant_id, quantity }) => ({ position, variant_id, quantity })),
    ...(view === "buyer" && row.state === "ready" ? { collection_code: collectionCode(secrets, row.id) } : {}),
  }));
}

export async function readFulfilment(deps: ShowFulfilmentDeps, id: string): Promise<Fulfilment> {
  const row = await loadFulfilment(deps.db, id);
  const [fulfilment] = row ? await showFulfilments(deps, [row]) : [];
  if (!fulfilment) throw refuse("fulfilment_not_found");
  return fulfilment;
}

/** What waits for somebody in a store, the oldest first. */
export async function readFulfilments(deps: ShowFulfilmentDeps, query: FulfilmentQuery): Promise<Page<Fulfilment>> {
  const { store = null, state = null, limit } = query;
  const found = await listFulfilments(deps.db, { store, state, after: cursorId(query.after), limit: limit + 1 });
  const page = toPage(found, limit, (row) => [row.id]);
  return { items: await showFulfilments(deps, page.items), next: page.next };
}
