import { type Db, list, one, rows, sql } from "../../platform/db.ts";
import type { Draft, Graph, JourneyStatus } from "../contracts.ts";

export interface StoredJourney {
  readonly id: string;
  readonly name: string;
  readonly status: JourneyStatus;
  readonly version: number;
  /** The draft. */
  readonly graph: Draft;
  readonly created_at: string;
  readonly updated_at: string;
}

const COLUMNS = sql.raw("id, name, status, version, graph, created_at, updated_at");

/** Newest first by id, which carries the time. */
export async function listJourneys(db: Db, before: string | null, limit: number): Promise<StoredJourney[]> {
  const where = before === null ? sql`true` : sql`id < ${before}`;
  return rows(
    db,
    sql<StoredJourney>`select ${COLUMNS} from journeys.journeys where ${where} order by id desc limit ${limit}`,
  );
}

export async function loadJourney(db: Db, id: string): Promise<StoredJourney | undefined> {
  return one(db, sql<StoredJourney>`select ${COLUMNS} from journeys.journeys where id = ${id}`);
}

/** For a change: whoever else wants to change it waits. */
export async function lockJourney(db: Db, id: string): Promise<StoredJourney | undefined> {
  return one(db, sql<StoredJourney>`select ${COLUMNS} from journeys.journeys where id = ${id} for update`);
}

export async function insertJourney(
  db: Db,
  journey: { id: string; name: string; graph: Draft; now: string },
): Promise<void> {
  await sql`
    insert into journeys.journeys (id, name, status, graph, created_at, updated_at)
    values (${journey.id}, ${journey.name}, 'draft', ${JSON.stringify(journey.graph)}, ${journey.now}, ${journey.now})`.execute(
    db,
  );
}

export async function updateJourney(
  db: Db,
  journey: Pick<StoredJourney, "id" | "name" | "status" | "version" | "graph"> & { now: string },
): Promise<void> {
  await sql`
    update journeys.journeys
    set name = ${journey.name}, status = ${journey.status}, version = ${journey.version},
        graph = ${JSON.stringify(journey.graph)}, updated_at = ${journey.now}
    where id = ${journey.id}`.execute(db);
}

export async function insertVersion(
  db: Db,
  version: { journeyId: string; version: number; graph: Graph; now: string },
): Promise<void> {
  await sql`
    insert into journeys.versions (journey_id, version, graph, published_at)
    values (${version.journeyId}, ${version.version}, ${JSON.stringify(version.graph)}, ${version.now})`.execute(db);
}

export async function publishedGraph(db: Db, journeyId: string, version: number): Promise<Graph | null> {
  const found = await one(
    db,
    sql<{ graph: Graph }>`
      select graph from journeys.versions where journey_id = ${journeyId} and version = ${version}`,
  );
  return found?.graph ?? null;
}

/** The draft, and the versions that somebody is still on. */
export async function graphsInUse(db: Db, journeyId: string): Promise<Draft[]> {
  const found = await rows(
    db,
    sql<{ graph: Draft }>`
      select graph from journeys.journeys where id = ${journeyId}
      union all
      select v.graph from journeys.versions v
      where v.journey_id = ${journeyId} and exists (
        select from journeys.runs r where r.journey_id = ${journeyId} and r.version = v.version and r.exited_at is null
      )`,
  );
  return found.map((row) => row.graph);
}

export interface JourneyStats {
  readonly journey_id: string;
  readonly entered: number;
  readonly active: number;
  readonly converted: number;
}

const CAME_IN = sql.raw("exit_reason is distinct from 'global_holdout'");

/** Leans on runs_newest. */
export async function loadStats(db: Db, journeyIds: readonly string[]): Promise<JourneyStats[]> {
  return rows(
    db,
    sql<JourneyStats>`
      select journey_id, (count(*) filter (where ${CAME_IN}))::int4 as entered,
        (count(*) filter (where exited_at is null))::int4 as active,
        (count(converted_at) filter (where ${CAME_IN}))::int4 as converted
      from journeys.runs where journey_id = any(${list("uuid", journeyIds)}) group by journey_id`,
  );
}

export interface Tally {
  readonly name: string;
  readonly n: number;
}

/** People at each node now. Leans on runs_due. */
export async function countNodes(db: Db, journeyId: string): Promise<Tally[]> {
  return rows(
    db,
    sql<Tally>`
      select node as name, count(*)::int4 as n from journeys.runs
      where journey_id = ${journeyId} and exited_at is null group by node`,
  );
}

export async function countExits(db: Db, journeyId: string): Promise<Tally[]> {
  return rows(
    db,
    sql<Tally>`
      select exit_reason as name, count(*)::int4 as n from journeys.runs
      where journey_id = ${journeyId} and exited_at is not null group by exit_reason`,
  );
}

/** Ends every run of a journey; returns their ids. */
export async function endAllRuns(db: Db, journeyId: string, now: string): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      update journeys.runs
      set status = 'ended', exited_at = ${now}, exit_reason = 'archived', wake_at = null, waits_since = null
      where journey_id = ${journeyId} and exited_at is null returning id`,
  );
  return found.map((row) => row.id);
}
