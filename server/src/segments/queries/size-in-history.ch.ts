import type { History } from "../../platform/history.ts";
import type { TreeSql } from "../compile/tree-sql.ts";
import { PEOPLE_EVENTS } from "./people-events.ch.ts";

/**
 * How many of the people who have such events pass (or, with `passing` false, fail) the tree, and some of their ids;
 * `among` narrows the question to these people. People without any such event are not seen here: they all give the
 * same answer, which the caller knows.
 */
export async function sizeInHistory(
  history: History,
  tree: TreeSql,
  passing: boolean,
  sample: number,
  among?: readonly string[],
): Promise<{ readonly size: number; readonly ids: string[] }> {
  const narrow = among === undefined ? "" : "where person in {among:Array(UUID)}";
  const [row] = await history.query<{ size: number; ids: string[] }>(
    `select countIf(holds = {passing:UInt8}) as size, groupArrayIf(${Math.max(1, Math.trunc(sample))})(person, holds = {passing:UInt8}) as ids
     from (select person, toUInt8(${tree.holds}) as holds from (${PEOPLE_EVENTS}) ${narrow} group by person)`,
    { ...tree.params, names: tree.names, passing: passing ? 1 : 0, ...(among === undefined ? {} : { among }) },
  );
  return row ?? { size: 0, ids: [] };
}
