import { anyOf, type Db, list, rows, sql } from "../../platform/db.ts";

export interface StockRow {
  readonly variant_id: string;
  readonly product_id: string;
  readonly location_id: string;
  readonly location_name: string;
  readonly kind: "web" | "store";
  readonly store_id: string | null;
  readonly channels: readonly string[];
  readonly on_hand: number;
  readonly committed: number;
  readonly reserved: number;
  readonly safety: number;
  readonly damaged: number;
  readonly quality_control: number;
  readonly incoming: number;
}

export interface ShelfFilter {
  readonly location: string;
  readonly atMost: number | null;
  /** Only what somebody has yet to look at. */
  readonly isToCheck: boolean;
  readonly after: string | null;
  readonly limit: number;
}

/** Counters at one place, variant by variant. Leans on level (variant_id, location_id). */
export function loadShelf(db: Db, filter: ShelfFilter, now: string): Promise<StockRow[]> {
  return rows(
    db,
    sql<StockRow>`
      select * from (
        select l.variant_id, l.product_id, l.location_id, p.name as location_name, p.kind, p.store_id, p.channels,
               l.on_hand, l.committed, l.safety, l.damaged, l.quality_control, l.incoming,
               l.reserved - coalesce((
                 select sum(a.quantity) from inventory.allocation a
                 where a.variant_id = l.variant_id and a.location_id = l.location_id
                   and a.state = 'held' and a.expires_at <= ${now}), 0)::int4 as reserved
        from inventory.level l join inventory.location p on p.id = l.location_id
        where l.location_id = ${filter.location}
          and (${filter.after}::uuid is null or l.variant_id > ${filter.after}::uuid)) s
      where (${filter.atMost}::int4 is null
          or on_hand - committed - reserved - safety - damaged - quality_control <= ${filter.atMost}::int4)
        and (not ${filter.isToCheck}::bool or quality_control > 0)
      order by variant_id limit ${filter.limit}`,
  );
}

export interface ShelfNumber {
  readonly variant_id: string;
  readonly location_id: string;
  /** Signed. */
  readonly available: number;
}

/**
 * How many may be sold of some variants, and of what kits among them are made of, at every place; a hold that has died counts
 * no more, also before it is swept.
 */
export function loadAvailable(db: Db, variantIds: readonly string[], now: string): Promise<ShelfNumber[]> {
  return rows(db, sql<ShelfNumber>`${numbersAt(now)} where ${ofVariants(variantIds)}`);
}

/** The same of some products: without what kits are made of. Leans on level (product_id). */
export function loadAvailableOf(db: Db, productIds: readonly string[], now: string): Promise<ShelfNumber[]> {
  return rows(db, sql<ShelfNumber>`${numbersAt(now)} where l.product_id ${anyOf("uuid", productIds)}`);
}

/** The planner does not see `now`, so that it plans once and for all: seen, few holds look dead, and each call is planned. */
function numbersAt(now: string) {
  return sql`
    select l.variant_id, l.location_id,
           l.on_hand - l.committed - l.reserved - l.safety - l.damaged - l.quality_control + coalesce((
             select sum(a.quantity) from inventory.allocation a
             where a.variant_id = l.variant_id and a.location_id = l.location_id
               and a.state = 'held' and a.expires_at <= (select ${now}::timestamptz)), 0)::int4 as available
    from inventory.level l`;
}

/** Counters of some variants, and of what kits among them are made of, at every place, in the same sense. */
export function loadStock(db: Db, variantIds: readonly string[], now: string): Promise<StockRow[]> {
  return rows(
    db,
    sql<StockRow>`
      select l.variant_id, l.product_id, l.location_id, p.name as location_name, p.kind, p.store_id, p.channels,
             l.on_hand, l.committed, l.safety, l.damaged, l.quality_control, l.incoming,
             l.reserved - coalesce((
               select sum(a.quantity) from inventory.allocation a
               where a.variant_id = l.variant_id and a.location_id = l.location_id
                 and a.state = 'held' and a.expires_at <= ${now}), 0)::int4 as reserved
      from inventory.level l join inventory.location p on p.id = l.location_id
      where ${ofVariants(variantIds)} order by l.variant_id, p.priority, l.location_id`,
  );
}

function ofVariants(variantIds: readonly string[]) {
  return sql`
    l.variant_id = any(array(
      select unnest(${list("uuid", variantIds)}) union
      select variant_id from inventory.kit_part where kit_id ${anyOf("uuid", variantIds)}))`;
}
