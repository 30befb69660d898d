import { type Db, list, rows, sql } from "../../platform/db.ts";

/** Under whom these ids live now; ids that were never merged away are absent. */
export async function loadAliases(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await rows(
    db,
    sql<{ from_id: string; into_id: string }>`
      select from_id, into_id from segments.aliases where from_id = any(${list("uuid", ids)})`,
  );
  return new Map(found.map((row) => [row.from_id, row.into_id]));
}
