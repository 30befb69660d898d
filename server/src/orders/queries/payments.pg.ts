import { type Db, one, rows, send, sql, type Tx } from "../../platform/db.ts";

export interface PaymentRow {
  readonly id: string;
  readonly order_id: string;
  readonly method: string;
  readonly amount: number;
  readonly refunded: number;
  readonly reference: string | null;
  readonly captured_at: string;
}

export interface RefundRow {
  readonly id: string;
  readonly order_id: string;
  /** Null: of an order that came to nothing. */
  readonly payment_id: string | null;
  readonly method: string;
  readonly reference: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
  /** What it is for; once per source and payment. */
  readonly source: string;
  readonly state: "pending" | "done" | "failed";
  readonly attempts: number;
  readonly due_at: string | null;
  readonly last_error: string | null;
  readonly actor: string | null;
  readonly created_at: string;
  readonly done_at: string | null;
}

export function insertPayments(tx: Tx, payments: readonly PaymentRow[]): void {
  if (payments.length === 0) return;
  send(
    tx,
    sql`
      insert into orders.payment
      select * from jsonb_populate_recordset(null::orders.payment, ${JSON.stringify(payments)}::jsonb)`,
  );
}

export function loadPayments(db: Db, orderId: string): Promise<PaymentRow[]> {
  return rows(db, sql<PaymentRow>`select * from orders.payment where order_id = ${orderId} order by id`);
}

/** Writes refunds, those of one source once; answers with what was new. */
export function insertRefunds(tx: Tx, refunds: readonly RefundRow[]): Promise<RefundRow[]> {
  return rows(
    tx,
    sql<RefundRow>`
      insert into orders.refund
      select * from jsonb_populate_recordset(null::orders.refund, ${JSON.stringify(refunds)}::jsonb)
      on conflict do nothing returning *`,
  );
}

/** Counts refunds against their payments and their order. The check on `refunded` is the last word. */
export async function countRefunds(tx: Tx, orderId: string, refunds: readonly RefundRow[]): Promise<void> {
  const total = refunds.reduce((sum, refund) => sum + refund.amount, 0);
  await sql`
    update orders.payment p set refunded = p.refunded + r.amount
    from jsonb_to_recordset(${JSON.stringify(refunds)}::jsonb) as r (payment_id uuid, amount int8)
    where p.id = r.payment_id`.execute(tx);
  await sql`
    update orders.book
    set refunded = refunded + ${total},
        payment_state = case when refunded + ${total} >= total then 'refunded' else 'partially_refunded' end
    where id = ${orderId}`.execute(tx);
}

export function loadRefunds(db: Db, orderId: string): Promise<RefundRow[]> {
  return rows(db, sql<RefundRow>`select * from orders.refund where order_id = ${orderId} order by id`);
}

/** Takes a refund that is due until `until`: whoever else looks meanwhile leaves it alone. */
export function claimRefund(db: Db, now: string, until: string): Promise<RefundRow | undefined> {
  return one(
    db,
    sql<RefundRow>`
      update orders.refund set due_at = ${until}, attempts = attempts + 1
      where id = (select id from orders.refund where due_at <= ${now} order by due_at limit 1 for update skip locked)
      returning *`,
  );
}

export async function endRefund(db: Db, id: string, state: "done" | "failed", at: string): Promise<void> {
  await sql`
    update orders.refund set state = ${state}, due_at = null, done_at = ${at}
    where id = ${id} and state = 'pending'`.execute(db);
}

export async function postponeRefund(db: Db, id: string, until: string, error: string): Promise<void> {
  await sql`
    update orders.refund set due_at = ${until}, last_error = ${error} where id = ${id} and state = 'pending'`.execute(
    db,
  );
}

export async function nextRefund(db: Db): Promise<string | null> {
  const found = await one(db, sql<{ at: string | null }>`select min(due_at) as at from orders.refund`);
  return found?.at ?? null;
}
