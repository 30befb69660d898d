import type { History } from "../../../platform/history.ts";
import { Params } from "../../compile/params.ts";
import { DAY_MS } from "../../predicates/times.ts";
import { PEOPLE_EVENTS } from "../../queries/people-events.ch.ts";
import { type Boundaries, WINDOW_DAYS } from "../boundaries.ts";
import { ORDER_NAMES, scoresSql } from "./scored-people.ch.ts";

export interface CellRow {
  readonly recency: number;
  readonly frequency: number;
  readonly people: number;
  /** In the order of the boundaries' currencies, in ten-thousandths. */
  readonly spent: readonly number[];
}

/** How many people stand in each cell of recency and frequency at `now`, and what they have spent within the window. */
export async function readCells(history: History, boundaries: Boundaries, now: number): Promise<CellRow[]> {
  const params = new Params();
  return await history.query<CellRow>(
    `select recency, frequency, count() as people, sumForEach(spent) as spent
     from (${scoresSql(boundaries, now, params)}) group by recency, frequency order by recency, frequency`,
    { ...params.values, ...ORDER_NAMES },
  );
}

/** Customers whose last order is older than the window: they have no score. */
export async function countUnscored(history: History, now: number): Promise<number> {
  const [row] = await history.query<{ people: number }>(
    `select count() as people from (
       select person from (${PEOPLE_EVENTS}) group by person having max(at) <= {from:Int64})`,
    { ...ORDER_NAMES, from: now - WINDOW_DAYS * DAY_MS },
  );
  return row?.people ?? 0;
}
