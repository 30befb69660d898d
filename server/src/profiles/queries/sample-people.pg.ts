import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { ProfileRow } from "./profile-rows.pg.ts";

/**
 * About `most` people from all over the table who have traits; all of them where there are no more. Whole pages are
 * drawn, so that it costs the same however large the table is.
 */
export async function samplePeople(db: Db, most: number): Promise<ProfileRow[]> {
  const table = await one(
    db,
    sql<{ people: number }>`select reltuples::float8 as people from pg_class where oid = 'profiles.profiles'::regclass`,
  );
  const percent = Math.min(100, (100 * most) / Math.max(1, table?.people ?? 0));
  return await rows(
    db,
    sql<ProfileRow>`
      select id, data from profiles.profiles tablesample system (${percent})
      where data not like '{"traits":{}%' and data <> '{}' limit ${most}`,
  );
}
