import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { Graph } from "../contracts.ts";
import type { StoredLive } from "../runs/live-journeys.ts";

export async function revision(db: Db): Promise<number> {
  const found = await one(db, sql<{ number: number }>`select number from journeys.revision`);
  return found?.number ?? 0;
}

/** In the transaction that changes what is live. */
export async function bumpRevision(db: Db): Promise<void> {
  await sql`update journeys.revision set number = number + 1`.execute(db);
}

/** Live and paused journeys with the graphs that newcomers get or somebody is still on. */
export async function loadLive(db: Db): Promise<StoredLive[]> {
  const found = await rows(
    db,
    sql<{ id: string; name: string; status: "live" | "paused"; version: number; graph_version: number; graph: Graph }>`
      select j.id, j.name, j.status, j.version, v.version as graph_version, v.graph
      from journeys.journeys j join journeys.versions v on v.journey_id = j.id
      where j.status in ('live', 'paused') and (
        v.version = j.version or exists (
          select from journeys.runs r where r.journey_id = j.id and r.version = v.version and r.exited_at is null
        ))
      order by j.id, v.version`,
  );
  const journeys = new Map<string, StoredLive & { readonly graphs: Map<number, Graph> }>();
  for (const { id, name, status, version, graph_version, graph } of found) {
    const journey = journeys.get(id) ?? { id, name, status, version, graphs: new Map<number, Graph>() };
    journey.graphs.set(graph_version, graph);
    journeys.set(id, journey);
  }
  return [...journeys.values()];
}
