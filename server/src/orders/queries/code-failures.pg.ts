import { type Db, one, sql } from "../../platform/db.ts";

/** How many wrong codes were tried in a store since an instant. Leans on code_failure (store_id, at). */
export async function countFailures(db: Db, storeId: string, since: string): Promise<number> {
  const found = await one(
    db,
    sql<{ n: number }>`
      select count(*) as n from orders.code_failure where store_id = ${storeId} and at > ${since}`,
  );
  return found?.n ?? 0;
}

export async function noteFailure(db: Db, storeId: string, at: string, forgetBefore: string): Promise<void> {
  await sql`delete from orders.code_failure where store_id = ${storeId} and at <= ${forgetBefore}`.execute(db);
  await sql`insert into orders.code_failure (store_id, at) values (${storeId}, ${at})`.execute(db);
}
