import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";
import { isUuid } from "../../platform/ids.ts";

export interface OrderRow {
  readonly id: string;
  readonly number: string;
  readonly source: string;
  readonly source_order_id: string;
  readonly request_key: string | null;
  readonly request_hash: string | null;
  readonly profile_id: string | null;
  readonly anonymous_id: string | null;
  readonly email: string | null;
  readonly is_proven: boolean;
  readonly cart_id: string | null;
  readonly channel: string;
  readonly store_id: string | null;
  readonly actor: string | null;
  readonly state: "placed" | "completed" | "cancelled";
  readonly payment_state: "pending" | "paid" | "failed" | "voided";
  readonly fulfilment_state: "unfulfilled" | "fulfilled" | "cancelled";
  readonly payment_method: string;
  readonly payment_reference: string | null;
  readonly currency: string;
  readonly total: number;
  readonly placed_at: string;
  readonly paid_at: string | null;
  readonly hold_until: string | null;
  readonly updated_at: string;
}

export interface LineRow {
  readonly order_id: string;
  readonly position: number;
  readonly variant_id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly title: string;
  readonly category: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly image_url: string;
  readonly unit_price: number;
  readonly quantity: number;
}

const COLUMNS =
  sql.raw(`id, number, source, source_order_id, request_key, request_hash, profile_id, anonymous_id, email, is_proven,
  cart_id, channel, store_id, actor, state, payment_state, fulfilment_state, payment_method, payment_reference,
  currency, total, placed_at, paid_at, hold_until, updated_at`);

export async function nextNumber(db: Db): Promise<string> {
  const found = await one(db, sql<{ n: number }>`select nextval('orders.number') as n`);
  return `K-${found?.n}`;
}

/** Writes an order unless the same source told it before, or the same request did; answers whether it was new. */
export async function insertOrder(tx: Tx, order: OrderRow): Promise<boolean> {
  const result = await sql`
    insert into orders.book (${COLUMNS})
    select ${COLUMNS} from jsonb_populate_record(null::orders.book, ${JSON.stringify(order)}::jsonb)
    on conflict do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function insertLines(tx: Tx, lines: readonly LineRow[]): Promise<void> {
  await sql`
    insert into orders.line
    select * from jsonb_populate_recordset(null::orders.line, ${JSON.stringify(lines)}::jsonb)`.execute(tx);
}

export function loadOrder(db: Db, id: string): Promise<OrderRow | undefined> {
  return one(db, sql<OrderRow>`select ${COLUMNS} from orders.book where id = ${id}`);
}

/** The order that a request made before, by its key; or that its source told before, by its number. */
export function findOrder(
  db: Db,
  source: string,
  by: { readonly requestKey: string | null; readonly sourceOrderId: string | null },
): Promise<OrderRow | undefined> {
  return one(
    db,
    sql<OrderRow>`
      select ${COLUMNS} from orders.book
      where source = ${source} and (request_key = ${by.requestKey} or source_order_id = ${by.sourceOrderId})`,
  );
}

export function findPendingOfCart(db: Db, cartId: string): Promise<OrderRow | undefined> {
  return one(
    db,
    sql<OrderRow>`select ${COLUMNS} from orders.book where cart_id = ${cartId} and payment_state = 'pending'`,
  );
}

export function loadLines(db: Db, orderIds: readonly string[]): Promise<LineRow[]> {
  return rows(
    db,
    sql<LineRow>`
      select order_id, position, variant_id, product_id, sku, title, category, size, color, image_url, unit_price, quantity
      from orders.line where order_id = any(${list("uuid", orderIds)}) order by order_id, position`,
  );
}

export interface OrderFilter {
  /** Null: everybody's. A person's: her id and all that were merged into it. */
  readonly profileIds: readonly string[] | null;
  readonly after: string | null;
  readonly limit: number;
}

/** Orders, newest first. Leans on the key, or on book (profile_id, id). */
export function listOrders(db: Db, filter: OrderFilter): Promise<OrderRow[]> {
  return rows(
    db,
    sql<OrderRow>`
      select ${COLUMNS} from orders.book
      where (${filter.profileIds === null} or profile_id = any(${list("uuid", filter.profileIds ?? [])}))
        and (${filter.after}::uuid is null or id < ${filter.after}::uuid)
      order by id desc limit ${filter.limit}`,
  );
}

/** Gives these orders to another person. Ids that are none are left out: events may carry any. */
export async function moveOrders(
  tx: Tx,
  { from, into, orderIds }: { readonly from: string; readonly into: string; readonly orderIds: readonly string[] },
): Promise<void> {
  await sql`
    update orders.book set profile_id = ${from}
    where id = any(${list("uuid", orderIds.filter(isUuid))}) and profile_id = ${into}`.execute(tx);
}
