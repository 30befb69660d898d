import { type Db, rows, sql } from "../../../platform/db.ts";

export interface Now {
  /** Another value is another server, or the same one started anew. */
  readonly server: string;
  /** Every transaction before this one has ended. */
  readonly upto: string;
  /** The last transaction that changed a product, as far as it is seen. */
  readonly newest: string | null;
}

/** As of when the database answers. Of what was restored from another server the numbers may still lie ahead. */
export async function readNow(db: Db): Promise<Now> {
  const [now] = await rows(
    db,
    sql<Now>`
      select pg_postmaster_start_time()::text as server, pg_snapshot_xmin(pg_current_snapshot())::text as upto,
             (select changed_in from catalog.product where changed_in < pg_snapshot_xmax(pg_current_snapshot())
              order by changed_in desc limit 1)::text as newest`,
  );
  return now as Now;
}

interface Change {
  readonly id: string;
  readonly changed_in: string;
  readonly category_id: string;
}

/** Products that were changed by transaction `since` or one that began after it. Leans on product_changed. */
export function findChangesSince(db: Db, since: string): Promise<Change[]> {
  return rows(
    db,
    sql<Change>`
      select id, changed_in::text, category_id from catalog.product
      where changed_in >= ${since}::xid8 and changed_in < pg_snapshot_xmax(pg_current_snapshot())`,
  );
}
