import { askHistory } from "../ask-history.ts";
import { type EventBound, holdsByDefault, widest } from "../compile/event-bounds.ts";
import { leafParts } from "../compile/leaf-parts.ts";
import { treeSql } from "../compile/tree-sql.ts";
import type { Condition } from "../contracts.ts";
import { countPeople, drawPeople, nextPeople } from "../queries/people.pg.ts";
import { sizeInHistory } from "../queries/size-in-history.ch.ts";
import type { Counted, Counting } from "./counting.ts";
import { holdersAmong } from "./holders-among.ts";

/** So many are looked at one by one while somebody waits; of more, a sample tells the size to one in a hundred. */
export const MOST_LOOKED_AT = 10_000;

/**
 * Counts by looking at people's profiles: all who can belong by what they did, or a sample of them. Whoever can be told
 * by History not to belong is never looked at.
 */
export async function countByPerson(deps: Counting, definition: Condition, most = MOST_LOOKED_AT): Promise<Counted> {
  const { of, people } = await whoMayBelong(deps, definition, most);
  const [holders = NOBODY] = await holdersAmong(deps, [definition], people);
  const isExact = people.length === of;
  const size = isExact ? holders.size : Math.round((of * holders.size) / Math.max(1, people.length));
  return { size, ids: [...holders], isExact };
}

const NOBODY: ReadonlySet<string> = new Set();

async function whoMayBelong(
  deps: Counting,
  definition: Condition,
  most: number,
): Promise<{ readonly of: number; readonly people: readonly string[] }> {
  const bound = widest(definition);
  if (bound === false) return { of: 0, people: [] };
  if (canAsk(bound, deps.now)) {
    const given = { passing: true, sample: most, signal: deps.signal };
    const { size, ids } = await askHistory(() => sizeInHistory(deps.history, treeSql(bound, deps.now), given));
    return { of: size, people: ids };
  }
  const of = await countPeople(deps.db);
  return {
    of,
    people: of <= most ? await nextPeople(deps.db, null, of) : await drawPeople(deps.db, (100 * most) / of),
  };
}

/** Whether History can name everybody who may belong, in one statement. */
function canAsk(bound: EventBound, now: number): bound is Condition {
  return typeof bound !== "boolean" && !holdsByDefault(bound, now) && leafParts([bound], now).length === 1;
}

/** Looks at everybody, however long it takes. */
export async function countEverybody(deps: Counting, definition: Condition, shown: number): Promise<Counted> {
  const ids: string[] = [];
  let size = 0;
  for (let after: string | null = null; ; ) {
    const people = await nextPeople(deps.db, after, MOST_LOOKED_AT);
    const [holders = NOBODY] = await holdersAmong(deps, [definition], people);
    size += holders.size;
    ids.push(...[...holders].slice(0, shown - ids.length));
    after = people.at(-1) ?? null;
    if (people.length < MOST_LOOKED_AT) return { size, ids, isExact: true };
  }
}
