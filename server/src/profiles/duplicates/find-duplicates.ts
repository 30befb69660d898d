import { hash } from "node:crypto";

import { loadMergedInto, loadSeparated } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { loadProfiles } from "../load-profiles.ts";
import {
  decidePair,
  deletePairs,
  type PairRow,
  readHolders,
  readPairsOf,
  renamePair,
  replaceKeys,
  savePairs,
  takeFresh,
} from "../queries/duplicates.pg.ts";
import { compare, keysOf, type Likeness, likenessOf } from "./likeness.ts";

const PEOPLE_AT_ONCE = 100;
/** What more people than this have in common tells none of them from the others. */
const MOST_ALIKE = 30;

/** Looks for others like those who have changed; returns how many it looked at, 0 when nobody has changed. */
export async function findDuplicates(db: Db, clock: Clock): Promise<number> {
  return inTransaction(db, async (tx) => {
    const ids = (await takeFresh(tx, PEOPLE_AT_ONCE)).sort();
    if (ids.length === 0) return 0;
    const merged = await followMerged(tx, clock, ids);
    const people = await readLikenesses(tx, ids);
    const alike = await findAlike(tx, ids, people, merged);
    const apart = await loadSeparated(tx, ids);
    const found = new Map<string, Omit<PairRow, "state" | "decided_at" | "decided_by">>();
    for (const [id, others] of alike) {
      for (const other of others) {
        const [a, b] = id < other ? [id, other] : [other, id];
        const [one, two] = [people.get(a), people.get(b)];
        const likeness = one && two && !apart.has(`${a} ${b}`) ? compare(one, two) : null;
        if (likeness) found.set(`${a} ${b}`, { id: newId(clock), a, b, ...likeness, found_at: clock.now().toString() });
      }
    }
    const past = await readPairsOf(tx, ids);
    const gone = past.filter(({ a, b, state }) => state === "open" && !found.has(`${a} ${b}`));
    await deletePairs(
      tx,
      gone.map(({ id }) => id),
    );
    await savePairs(tx, [...found.values()]);
    return ids.length;
  });
}

async function readLikenesses(tx: Tx, ids: readonly string[]): Promise<Map<string, Likeness>> {
  return new Map([...(await loadProfiles(tx, ids))].map(([id, profile]) => [id, likenessOf(profile)]));
}

/** Writes down the keys of these people and finds who shares one; their likenesses are added to `people`. */
async function findAlike(
  tx: Tx,
  ids: readonly string[],
  people: Map<string, Likeness>,
  merged: readonly string[],
): Promise<Map<string, ReadonlySet<string>>> {
  const keys = [...people.values()].flatMap((person) =>
    keysOf(person).map((key) => ({ key: hash("md5", key, "hex"), profile_id: person.id })),
  );
  await replaceKeys(tx, [...ids, ...merged], keys);
  const holders = await readHolders(
    tx,
    keys.map(({ key }) => key),
    MOST_ALIKE + 1,
  );
  const alike = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  for (const group of Map.groupBy(holders, ({ key }) => key).values()) {
    if (group.length > MOST_ALIKE) continue;
    for (const { profile_id: id } of group)
      for (const { profile_id: other } of group) if (other !== id) alike.get(id)?.add(other);
  }
  const others = new Set([...alike.values()].flatMap((set) => [...set]));
  const unread = [...others].filter((id) => !people.has(id));
  for (const [id, likeness] of await readLikenesses(tx, unread)) people.set(id, likeness);
  return alike;
}

/** What was decided of somebody who has become part of another is decided of that one. */
async function followMerged(tx: Tx, clock: Clock, ids: readonly string[]): Promise<string[]> {
  const into = await loadMergedInto(tx, ids);
  if (into.size === 0) return [];
  for (const pair of await readPairsOf(tx, [...into.keys()])) {
    const [a, b] = [pair.a, pair.b].map((id) => into.get(id) ?? id).sort() as [string, string];
    if (pair.state === "merged") continue;
    if (a === b) await decidePair(tx, pair.id, "merged", { at: clock.now().toString(), name: "" });
    else if (!(await renamePair(tx, pair.id, a, b))) await deletePairs(tx, [pair.id]);
  }
  return [...into.keys()];
}
