import { askHistory } from "../ask-history.ts";
import { holdsByDefault } from "../compile/event-bounds.ts";
import { treeSql } from "../compile/tree-sql.ts";
import type { Condition } from "../contracts.ts";
import { countPeople, newestPeople } from "../queries/people.pg.ts";
import { sizeInHistory } from "../queries/size-in-history.ch.ts";
import type { Counted, Counting } from "./counting.ts";

/** More people than are shown, so that enough of them are left when those who fail are out. */
const CANDIDATES_PER_SHOWN = 50;

/**
 * What people did is counted by ClickHouse alone. When those who did nothing belong too, it counts who does not, and
 * everybody else is in.
 */
export async function countInHistory(deps: Counting, definition: Condition, shown: number): Promise<Counted> {
  const { history, signal } = deps;
  const tree = treeSql(definition, deps.now);
  if (!holdsByDefault(definition, deps.now)) {
    const inside = await askHistory(() => sizeInHistory(history, tree, { passing: true, sample: shown, signal }));
    return { ...inside, isExact: true };
  }
  const [outside, people, among] = await Promise.all([
    askHistory(() => sizeInHistory(history, tree, { passing: false, sample: 0, signal })),
    countPeople(deps.db),
    newestPeople(deps.db, CANDIDATES_PER_SHOWN * shown),
  ]);
  const { ids: failing } = await askHistory(() =>
    sizeInHistory(history, tree, { passing: false, sample: among.length, among, signal }),
  );
  const out = new Set(failing);
  const ids = among.filter((id) => !out.has(id)).slice(0, shown);
  return { size: Math.max(0, people - outside.size), ids, isExact: true };
}
