import { type Db, list, type RawBuilder, rows, send, sql, type Tx } from "../../platform/db.ts";
import { affected } from "../../platform/personal-data.ts";
import type { Walk } from "../runs/run.ts";

interface Passed {
  readonly journeyId: string;
  readonly version: number;
  readonly node: string;
  readonly way: string;
  readonly drawn: boolean;
  n: number;
}

/** Counts the ways that these walks have taken; and, of those that reached the goal, all the ways they came. */
export function noteFlows(tx: Tx, walks: readonly Walk[]): void {
  const passed = new Map<string, Passed>();
  for (const { run, steps } of walks) {
    for (const { node, way, version, note } of steps) {
      if (way === undefined) continue;
      const drawn = note.code !== "winner";
      const key = `${run.journeyId} ${version} ${node} ${way} ${drawn}`;
      const flow = passed.get(key);
      if (flow) flow.n += 1;
      else passed.set(key, { journeyId: run.journeyId, version, node: way === "entry" ? "" : node, way, drawn, n: 1 });
    }
  }
  const flows = [...passed.values()];
  if (flows.length > 0) {
    send(
      tx,
      sql`
      insert into journeys.flows (journey_id, version, node, way, drawn, passed, converted)
      select journey_id, version, node, way, drawn, n, 0 from unnest(
        ${list(
          "uuid",
          flows.map(({ journeyId }) => journeyId),
        )}, ${list(
          "int4",
          flows.map(({ version }) => version),
        )}, ${list(
          "text",
          flows.map(({ node }) => node),
        )},
        ${list(
          "text",
          flows.map(({ way }) => way),
        )}, ${list(
          "bool",
          flows.map(({ drawn }) => drawn),
        )}, ${list(
          "int8",
          flows.map(({ n }) => n),
        )}
      ) as new (journey_id, version, node, way, drawn, n)`,
    );
  }
  const converted = walks.filter(({ run }) => run.exitReason === "goal").map(({ run }) => run.id);
  if (converted.length === 0) return;
  send(
    tx,
    sql`
    with reached as (select journey_id, trail from journeys.runs where id = any(${list("uuid", converted)}))
    ${addConverted("reached")}`,
  );
}

/** Adds a conversion to each way that the runs of a common table have gone. */
export function addConverted(table: "reached" | "late"): RawBuilder<unknown> {
  return sql`
    insert into journeys.flows (journey_id, version, node, way, drawn, passed, converted)
    select journey_id, version, node, way, drawn, 0, count(*) from (
      select distinct t.ctid_of, t.journey_id, coalesce((line ->> 4)::int4, 0) as version,
        case line ->> 3 when 'entry' then '' else line ->> 0 end as node, line ->> 3 as way,
        line -> 2 ->> 'code' is distinct from 'winner' as drawn
      from (select row_number() over () as ctid_of, journey_id, trail from ${sql.raw(table)}) as t,
        jsonb_array_elements(t.trail) as line
      where line ->> 3 is not null
    ) as gone group by journey_id, version, node, way, drawn`;
}

export interface Flow {
  readonly node: string;
  readonly way: string;
  readonly passed: number;
  readonly converted: number;
}

export async function readFlows(db: Db, journeyId: string): Promise<Flow[]> {
  return await rows(
    db,
    sql<Flow>`
      select node, way, sum(passed)::int8 as passed, sum(converted)::int8 as converted from journeys.flows
      where journey_id = ${journeyId} group by node, way`,
  );
}

/** How one way of an experiment stands. Whoever was given the winner is in none but `given`. */
export interface Tally {
  readonly people: number;
  readonly converted: number;
  /** Of these people, those of whom it was kept that chance sent them. */
  readonly drawn: number;
  readonly given: number;
}

export interface Draw extends Tally {
  readonly way: string;
  /** Drawn when the arms and their shares were as they are in the version asked for. */
  readonly is_alike: boolean;
}

/**
 * What an experiment has drawn, apart what it drew while its arms or shares were others than in `version`. Of ways gone
 * before versions were kept only those are alike whose experiment has never been another.
 */
export async function readDraws(db: Db, journeyId: string, node: string, version: number): Promise<Draw[]> {
  return await rows(
    db,
    sql<Draw>`
      with drawn as (
        select v.version, jsonb_build_array(
          jsonb_path_query_array(v.graph #> ${list("text", ["nodes", node, "variants"])}, '$[*].name'),
          jsonb_path_query_array(v.graph #> ${list("text", ["nodes", node, "variants"])}, '$[*].share'),
          v.graph #> ${list("text", ["nodes", node, "holdout", "share"])}
        ) as arms
        from journeys.versions v
        where v.journey_id = ${journeyId} and v.graph #>> ${list("text", ["nodes", node, "kind"])} = 'experiment'
      ), alike as (
        select version from drawn where arms = (select arms from drawn where version = ${version})
        union all
        select 0 where not exists (select from drawn where arms <> (select arms from drawn where version = ${version}))
      )
      select way, version in (select version from alike) as is_alike,
        coalesce(sum(passed) filter (where drawn is not false), 0)::int8 as people,
        coalesce(sum(converted) filter (where drawn is not false), 0)::int8 as converted,
        coalesce(sum(passed) filter (where drawn), 0)::int8 as drawn,
        coalesce(sum(passed) filter (where not drawn), 0)::int8 as given
      from journeys.flows where journey_id = ${journeyId} and node = ${node} group by 1, 2`,
  );
}

/** So many rows are worth the while. */
const MANY = 500;

/** Adds up what has gathered; gives how many rows it took. Workers do not wait for one another. */
export async function foldFlows(tx: Tx): Promise<number> {
  const crowded = await rows(
    tx,
    sql<{ journey_id: string }>`
      select journey_id from journeys.flows group by journey_id having count(*) > ${MANY} limit 20`,
  );
  if (crowded.length === 0) return 0;
  return await affected(
    tx,
    sql`
    with taken as (
      delete from journeys.flows where ctid = any(array(
        select ctid from journeys.flows where journey_id = any(${list(
          "uuid",
          crowded.map((row) => row.journey_id),
        )})
        for update skip locked
      )) returning *
    )
    insert into journeys.flows (journey_id, version, node, way, drawn, passed, converted)
    select journey_id, version, node, way, drawn, sum(passed), sum(converted) from taken
    group by journey_id, version, node, way, drawn`,
  );
}
