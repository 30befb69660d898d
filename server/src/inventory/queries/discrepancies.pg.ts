import { type Db, rows, sql, type Tx } from "../../platform/db.ts";
import type { Discrepancy, NewDiscrepancy } from "../contracts.ts";

export async function addDiscrepancies(tx: Tx, found: readonly NewDiscrepancy[], at: string): Promise<void> {
  if (found.length === 0) return;
  await sql`
    insert into inventory.discrepancy (id, variant_id, location_id, kind, quantity, source_type, source_id, opened_at)
    select id, variant_id, location_id, kind, quantity, source_type, source_id, ${at}
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb)
      as r (id uuid, variant_id uuid, location_id uuid, kind text, quantity int4, source_type text, source_id text)`.execute(
    tx,
  );
}

export interface DiscrepancyFilter {
  readonly isOpen: boolean;
  readonly location: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/** What somebody has to look into, or has looked into; newest first. */
export function loadDiscrepancies(db: Db, filter: DiscrepancyFilter): Promise<Discrepancy[]> {
  return rows(
    db,
    sql<Discrepancy>`
      select id, variant_id, location_id, kind, quantity, source_type, source_id, opened_at, resolved_at, resolved_by,
             resolution
      from inventory.discrepancy
      where (resolved_at is null) = ${filter.isOpen}
        and (${filter.location}::uuid is null or location_id = ${filter.location}::uuid)
        and (${filter.after}::uuid is null or id < ${filter.after}::uuid)
      order by id desc limit ${filter.limit}`,
  );
}

export interface Resolution {
  readonly id: string;
  readonly resolution: string;
  readonly actor: string;
  readonly at: string;
}

/** Notes what was found out; the first word stands. Nothing when there is no such open one. */
export function resolveOne(db: Db, { id, resolution, actor, at }: Resolution): Promise<Discrepancy[]> {
  return rows(
    db,
    sql<Discrepancy>`
      update inventory.discrepancy set resolved_at = ${at}, resolved_by = ${actor}, resolution = ${resolution}
      where id = ${id} and resolved_at is null
      returning id, variant_id, location_id, kind, quantity, source_type, source_id, opened_at, resolved_at,
        resolved_by, resolution`,
  );
}
