import { type Db, one, sql } from "../../platform/db.ts";
import { loadOrder, type OrderRow } from "./orders.pg.ts";

/** Whether a provider's notice was worked before. */
export async function isKnownEvent(db: Db, id: string): Promise<boolean> {
  return (await one(db, sql<{ id: string }>`select id from orders.gateway_event where id = ${id}`)) !== undefined;
}

/** Notes a notice that was worked, and forgets those that nobody can play back any more. */
export async function noteEvent(db: Db, id: string, at: string, forgetBefore: string): Promise<void> {
  await sql`delete from orders.gateway_event where at < ${forgetBefore}`.execute(db);
  await sql`insert into orders.gateway_event (id, at) values (${id}, ${at}) on conflict do nothing`.execute(db);
}

/** The order that a provider knows by this name. Leans on book (payment_reference). */
export async function findByReference(db: Db, reference: string): Promise<OrderRow | undefined> {
  const found = await one(db, sql<{ id: string }>`select id from orders.book where payment_reference = ${reference}`);
  return found && loadOrder(db, found.id);
}
