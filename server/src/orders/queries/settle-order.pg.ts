import { anyOf, type Db, one, rows, sql, type Tx } from "../../platform/db.ts";

/** Decides in one statement that pending orders are paid; false when one of them was decided before. */
export async function markPaid(tx: Tx, ids: readonly string[], at: string): Promise<boolean> {
  const result = await sql`
    update orders.book
    set payment_state = 'paid', paid_at = ${at}, hold_until = null, updated_at = ${at}
    where id ${anyOf("uuid", ids)} and payment_state = 'pending'`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === ids.length;
}

/** Decides that a pending order comes to nothing; false when it was decided before. */
export async function markFailed(tx: Tx, id: string, payment: "failed" | "voided", at: string): Promise<boolean> {
  const result = await sql`
    update orders.book
    set state = 'cancelled', payment_state = ${payment}, fulfilment_state = 'cancelled', hold_until = null,
        updated_at = ${at}
    where id = ${id} and payment_state = 'pending'`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** Keeps what a provider calls a payment, before any money moves; false when somebody else was first. */
export async function keepReference(db: Db, id: string, reference: string): Promise<boolean> {
  const result = await sql`
    update orders.book set payment_reference = ${reference}
    where id = ${id} and payment_state = 'pending' and payment_reference is null`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** Orders whose payment did not come while their stock was held, the oldest first. */
export async function findUnpaid(db: Db, now: string, limit: number): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      select id from orders.book where payment_state = 'pending' and hold_until <= ${now}
      order by hold_until limit ${limit}`,
  );
  return found.map((row) => row.id);
}

export async function nextUnpaid(db: Db): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string | null }>`select min(hold_until) as at from orders.book where payment_state = 'pending'`,
  );
  return found?.at ?? null;
}
