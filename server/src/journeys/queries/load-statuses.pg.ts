import { type Db, rows, sql } from "../../platform/db.ts";

/** Of every journey there has ever been, whether it is archived. */
export async function loadArchived(db: Db): Promise<Map<string, boolean>> {
  const found = await rows(
    db,
    sql<{ id: string; archived: boolean }>`select id, status = 'archived' as archived from journeys.journeys`,
  );
  return new Map(found.map(({ id, archived }) => [id, archived]));
}
