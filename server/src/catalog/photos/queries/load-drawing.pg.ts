import { type Db, one, sql } from "../../../platform/db.ts";

export interface DrawingRow {
  readonly drawing: { readonly kind?: string; readonly pattern?: string };
  readonly color_hex: string | null;
}

/** What to draw for the id of a product (in its first colour) or of a variant (in its own). */
export function loadDrawing(db: Db, id: string): Promise<DrawingRow | undefined> {
  return one(
    db,
    sql<DrawingRow>`
      select p.drawing, v.color_hex from catalog.variant v join catalog.product p on p.id = v.product_id
      where v.id = ${id}
      union all
      (select p.drawing, v.color_hex from catalog.product p left join catalog.variant v on v.product_id = p.id
       where p.id = ${id} order by v.position limit 1)`,
  );
}
