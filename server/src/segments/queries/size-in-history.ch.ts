import type { History } from "../../platform/history.ts";
import type { TreeSql } from "../compile/tree-sql.ts";
import { peopleEvents } from "./people-events.ch.ts";

export interface AskSize {
  /** Whether to count those for whom the tree holds, or those for whom it does not. */
  readonly passing: boolean;
  /** How many ids to give, drawn evenly. */
  readonly sample: number;
  /** Narrows the question to these people. */
  readonly among?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * How many of the people who have events that are asked for pass (or fail) the tree, and some of their ids. People
 * without any such event are not seen here: they all give the same answer, which the caller knows.
 */
export async function sizeInHistory(
  history: History,
  tree: TreeSql,
  { passing, sample, among, signal }: AskSize,
): Promise<{ readonly size: number; readonly ids: string[] }> {
  const narrow = among === undefined ? "" : "where person in {among:Array(UUID)}";
  const drawn = `groupArraySampleIf(${Math.max(1, Math.trunc(sample))})(person, holds = {passing:UInt8})`;
  const [row] = await history.query<{ size: number; ids: string[] }>(
    `select countIf(holds = {passing:UInt8}) as size, ${drawn} as ids
     from (select person, toUInt8(${tree.holds}) as holds from (${peopleEvents(tree.asked)}) ${narrow} group by person)`,
    { ...tree.params, passing: passing ? 1 : 0, ...(among === undefined ? {} : { among }) },
    signal,
  );
  return row ?? { size: 0, ids: [] };
}
