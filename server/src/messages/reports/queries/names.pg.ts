import { type Db, list, rows, sql } from "../../../platform/db.ts";
import { isUuid } from "../../../platform/ids.ts";
import type { ReportBy } from "../contracts.ts";

/** What the keys of a report are called, where this room knows it. */
export async function readNames(db: Db, by: ReportBy, keys: readonly string[]): Promise<Map<string, string>> {
  const table = by === "template" ? sql`messages.templates` : by === "broadcast" ? sql`messages.broadcasts` : null;
  if (table === null) return new Map();
  const found = await rows(
    db,
    sql<{
      id: string;
      name: string;
    }>`select id, name from ${table} where id = any(${list("uuid", keys.filter(isUuid))})`,
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}
