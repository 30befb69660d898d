import { anyOf, type Db, list, one, rows, send, sql, type Tx } from "../../platform/db.ts";
import { isUuid } from "../../platform/ids.ts";
import { jointly } from "../../platform/jointly.ts";
import type { Address, PaymentState } from "../contracts.ts";

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
  readonly payment_state: PaymentState;
  readonly fulfilment_state: "unfulfilled" | "partially_fulfilled" | "fulfilled" | "cancelled";
  readonly payment_method: string;
  readonly payment_reference: string | null;
  readonly currency: string;
  /** Whose prices held; null: those of the currency. */
  readonly region: string | null;
  readonly total: number;
  readonly refunded: number;
  readonly discount: number;
  readonly shipping: number;
  readonly tax: number;
  readonly address: Address | null;
  readonly receipt_hash: string | null;
  readonly placed_at: string;
  readonly paid_at: string | null;
  readonly hold_until: string | null;
  readonly updated_at: string;
  readonly language: string | null;
  readonly till: string | null;
  readonly business_day: string | null;
}

export interface LineRow {
  readonly order_id: string;
  readonly position: number;
  readonly variant_id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly category: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly image_url: string;
  readonly unit_price: number;
  readonly quantity: number;
  readonly discount: number;
  readonly tax: number;
  readonly cancelled: number;
  readonly returned: number;
}

const COLUMNS =
  sql.raw(`id, number, source, source_order_id, request_key, request_hash, profile_id, anonymous_id, email, is_proven,
  cart_id, channel, store_id, actor, state, payment_state, fulfilment_state, payment_method, payment_reference,
  currency, region, total, refunded, discount, shipping, tax, address, receipt_hash, placed_at, paid_at, hold_until, updated_at,
  language, till, business_day`);

export async function nextNumbers(db: Db, count: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ n: number }>`select nextval('orders.number') as n from generate_series(1, ${count}::int4)`,
  );
  return found.map(({ n }) => `K-${n}`);
}

/** Writes orders unless their source told them before, or the same request did; answers whether all were new. */
export async function insertOrders(tx: Tx, orders: readonly OrderRow[]): Promise<boolean> {
  const result = await sql`
    insert into orders.book (${COLUMNS})
    select ${COLUMNS} from jsonb_populate_recordset(null::orders.book, ${JSON.stringify(orders)}::jsonb)
    on conflict do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === orders.length;
}

export function insertLines(tx: Tx, lines: readonly LineRow[]): void {
  send(
    tx,
    sql`
      insert into orders.line
      select * from jsonb_populate_recordset(null::orders.line, ${JSON.stringify(lines)}::jsonb)`,
  );
}

/** The order, locked: refunds and returns of one order take their turns. */
export function lockOrder(tx: Tx, id: string): Promise<OrderRow | undefined> {
  return one(tx, sql<OrderRow>`select ${COLUMNS} from orders.book where id = ${id} for update`);
}

export function findByReceipt(db: Db, receiptHash: string): Promise<OrderRow | undefined> {
  return one(db, sql<OrderRow>`select ${COLUMNS} from orders.book where receipt_hash = ${receiptHash}`);
}

/** What was added and paid for. */
export async function raiseTotal(tx: Tx, id: string, by: number, at: string): Promise<void> {
  await sql`
    update orders.book
    set total = total + ${by}, updated_at = ${at},
        payment_state = case when refunded = 0 then 'paid' else 'partially_refunded' end
    where id = ${id}`.execute(tx);
}

export async function saveAddress(tx: Tx, id: string, address: Address): Promise<void> {
  await sql`update orders.book set address = ${JSON.stringify(address)}::jsonb where id = ${id}`.execute(tx);
}

/** Notes units that never left, or came back. The checks of the table are the last word. */
export async function countUnits(
  tx: Tx,
  orderId: string,
  what: "cancelled" | "returned",
  lines: readonly { readonly position: number; readonly quantity: number }[],
): Promise<void> {
  const column = sql.ref(what);
  await sql`
    update orders.line l set ${column} = l.${column} + r.quantity
    from (select position, sum(quantity)::int4 as quantity
          from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as t (position int4, quantity int4) group by 1) r
    where l.order_id = ${orderId} and l.position = r.position`.execute(tx);
}

export function loadOrder(db: Db, id: string): Promise<OrderRow | undefined> {
  return one(db, sql<OrderRow>`select ${COLUMNS} from orders.book where id = ${id}`);
}

export function loadOrders(db: Db, ids: readonly string[]): Promise<OrderRow[]> {
  return rows(db, sql<OrderRow>`select ${COLUMNS} from orders.book where id ${anyOf("uuid", ids)}`);
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

/** Whether an order of this cart waits for its payment. */
export async function isBeingPaid(db: Db, cartId: string): Promise<boolean> {
  return (await jointly(db, findPending, [cartId])).some((row) => row.cart_id === cartId);
}

function findPending(db: Db, cartIds: readonly string[]): Promise<{ cart_id: string }[]> {
  return rows(
    db,
    sql<{ cart_id: string }>`
      select cart_id from orders.book where cart_id ${anyOf("uuid", cartIds)} and payment_state = 'pending'`,
  );
}

export function loadLines(db: Db, orderIds: readonly string[]): Promise<LineRow[]> {
  return rows(
    db,
    sql<LineRow>`
      select order_id, position, variant_id, product_id, sku, title, coalesce(titles, '{}') as titles, category, size, color,
             image_url, unit_price, quantity, discount, tax, cancelled, returned
      from orders.line where order_id ${anyOf("uuid", orderIds)} order by order_id, position`,
  );
}

export interface OrderFilter {
  /** Null: everybody's. A person's: her id and all that were merged into it. */
  readonly profileIds: readonly string[] | null;
  readonly state?: string | undefined;
  readonly payment?: string | undefined;
  readonly fulfilment?: string | undefined;
  readonly channel?: string | undefined;
  readonly store?: string | undefined;
  readonly number?: string | undefined;
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
        ${is("state", filter.state)} ${is("payment_state", filter.payment)} ${is("fulfilment_state", filter.fulfilment)}
        ${is("channel", filter.channel)} ${is("number", filter.number)}
        ${
          filter.store === undefined
            ? sql``
            : sql`and (store_id = ${filter.store} or id in (
                select order_id from orders.fulfilment where store_id = ${filter.store}))`
        }
      order by id desc limit ${filter.limit}`,
  );
}

function is(column: string, value: string | undefined) {
  return value === undefined ? sql`` : sql`and ${sql.ref(column)} = ${value}`;
}

/** Gives these orders to another person. Ids that are none are left out: events may carry any. */
export async function moveOrders(
  tx: Tx,
  { from, into, orderIds }: { readonly from: string; readonly into: string; readonly orderIds: readonly string[] },
): Promise<void> {
  await sql`
    update orders.book set profile_id = ${from}
    where id ${anyOf("uuid", orderIds.filter(isUuid))} and profile_id = ${into}`.execute(tx);
}
