import { list, one, sql, type Tx } from "../../platform/db.ts";

/** Whether any of these ids has paid for this product on whatever channel. Leans on book (profile_id, id). */
export async function hasBought(tx: Tx, profileIds: readonly string[], productId: string): Promise<boolean> {
  const found = await one(
    tx,
    sql`
      select 1 from orders.book b join orders.line l on l.order_id = b.id
      where b.profile_id = any(${list("uuid", profileIds)}) and l.product_id = ${productId}
        and b.payment_state in ('paid', 'partially_refunded', 'refunded') limit 1`,
  );
  return found !== undefined;
}
