import { type Db, list, type RawBuilder, rows, send, sql, type Tx } from "../../platform/db.ts";
import { affected } from "../../platform/personal-data.ts";
import type { Walk } from "../runs/run.ts";

/** Counts the ways that these walks have taken; and, of those that reached the goal, all the ways they came. */
export function noteFlows(tx: Tx, walks: readonly Walk[]): void {
  const passed = new Map<string, { journeyId: string; node: string; way: string; n: number }>();
  for (const { run, steps } of walks) {
    for (const { node, way } of steps) {
      if (way === undefined) continue;
      const key = `${run.journeyId} ${node} ${way}`;
      const flow = passed.get(key);
      if (flow) flow.n += 1;
      else passed.set(key, { journeyId: run.journeyId, node: way === "entry" ? "" : node, way, n: 1 });
    }
  }
  const flows = [...passed.values()];
  if (flows.length > 0) {
    send(
      tx,
      sql`
      insert into journeys.flows (journey_id, node, way, passed, converted)
      select journey_id, node, way, n, 0 from unnest(
        ${list(
          "uuid",
          flows.map(({ journeyId }) => journeyId),
        )}, ${list(
          "text",
          flows.map(({ node }) => node),
        )},
        ${list(
          "text",
          flows.map(({ way }) => way),
        )}, ${list(
          "int8",
          flows.map(({ n }) => n),
        )}
      ) as new (journey_id, node, way, n)`,
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
    insert into journeys.flows (journey_id, node, way, passed, converted)
    select journey_id, node, way, 0, count(*) from (
      select distinct t.ctid_of, t.journey_id, case line ->> 3 when 'entry' then '' else line ->> 0 end as node,
        line ->> 3 as way
      from (select row_number() over () as ctid_of, journey_id, trail from ${sql.raw(table)}) as t,
        jsonb_array_elements(t.trail) as line
      where line ->> 3 is not null
    ) as gone group by journey_id, node, way`;
}

export interface Flow {
  readonly node: string;
  readonly way: string;
  readonly passed: number;
  readonly converted: number;
}

export async function readFlows(db: Db, journeyId: string, node: string | null = null): Promise<Flow[]> {
  return await rows(
    db,
    sql<Flow>`
      select node, way, sum(passed)::int8 as passed, sum(converted)::int8 as converted from journeys.flows
      where journey_id = ${journeyId} and ${node === null ? sql`true` : sql`node = ${node}`} group by node, way`,
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
    insert into journeys.flows
    select journey_id, node, way, sum(passed), sum(converted) from taken group by journey_id, node, way`,
  );
}
