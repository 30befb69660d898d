import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { BrandKit } from "../brand/kit.ts";

export interface KitRow {
  readonly version: number;
  readonly kit: BrandKit;
  readonly author: string;
  readonly created_at: string;
}

/** The newest version; 0 before the first. Leans on the primary key's end. */
export async function brandVersion(db: Db): Promise<number> {
  const found = await one(db, sql<{ version: number }>`select max(version) as version from messages.brand_kits`);
  return found?.version ?? 0;
}

export async function loadKit(db: Db, version: number): Promise<BrandKit | undefined> {
  const row = await one(db, sql<{ kit: BrandKit }>`select kit from messages.brand_kits where version = ${version}`);
  return row?.kit;
}

/** Writes version `row.version`; false when somebody was first with it. */
export async function insertKit(db: Db, row: Omit<KitRow, "kit"> & { readonly kit: string }): Promise<boolean> {
  const result = await sql`
    insert into messages.brand_kits (version, kit, author, created_at)
    values (${row.version}, ${row.kit}, ${row.author}, ${row.created_at})
    on conflict (version) do nothing`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** Newest first. */
export function listKits(db: Db, before: number | null, limit: number): Promise<KitRow[]> {
  return rows(
    db,
    sql<KitRow>`
      select version, kit, author, created_at from messages.brand_kits
      where ${before === null ? sql`true` : sql`version < ${before}`} order by version desc limit ${limit}`,
  );
}
