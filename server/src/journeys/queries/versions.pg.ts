import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { Graph } from "../contracts.ts";

export async function listVersions(
  db: Db,
  journeyId: string,
): Promise<{ version: number; published_at: string; active: number }[]> {
  return await rows(
    db,
    sql<{ version: number; published_at: string; active: number }>`
      select v.version, v.published_at, (
        select count(*)::int4 from journeys.runs r
        where r.journey_id = v.journey_id and r.version = v.version and r.exited_at is null
      ) as active
      from journeys.versions v where v.journey_id = ${journeyId} order by v.version desc limit 500`,
  );
}

export async function loadVersion(
  db: Db,
  journeyId: string,
  version: number,
): Promise<{ version: number; published_at: string; graph: Graph } | undefined> {
  return await one(
    db,
    sql<{ version: number; published_at: string; graph: Graph }>`
      select version, published_at, graph from journeys.versions
      where journey_id = ${journeyId} and version = ${version}`,
  );
}
