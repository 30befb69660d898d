import { type Db, rows, sql } from "../../../platform/db.ts";

export interface Change {
  readonly id: string;
  readonly changed_in: string;
  readonly category_id: string;
}

export interface Look {
  /** Another value is another server, or the same one started anew. */
  readonly server: string;
  /** Every transaction before this one has ended. */
  readonly upto: string;
  /** Products that were changed by transaction `since` or one that began after it. */
  readonly changes: readonly Change[];
}

type LookRow = Pick<Look, "server" | "upto"> & (Change | { readonly id: null });

/**
 * As of when the database answers. Of what was restored from another server the numbers may still lie ahead. Leans on
 * product_changed; the planner does not see `since`, so that it plans once and for all.
 */
export async function lookForChanges(db: Db, since: string): Promise<Look> {
  const found = await rows(
    db,
    sql<LookRow>`
      select now.server, now.upto, p.id, p.changed_in::text, p.category_id
      from (select pg_postmaster_start_time()::text as server, pg_snapshot_xmin(pg_current_snapshot())::text as upto) now
      left join catalog.product p
        on p.changed_in >= (select ${since}::xid8) and p.changed_in < pg_snapshot_xmax(pg_current_snapshot())`,
  );
  const { server, upto } = found[0] as LookRow;
  return { server, upto, changes: found.flatMap((row) => (row.id === null ? [] : [row])) };
}
