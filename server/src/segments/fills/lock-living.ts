import type { Tx } from "../../platform/db.ts";
import { loadAliases } from "../queries/load-aliases.pg.ts";
import { lockPeople } from "../queries/lock-people.pg.ts";

/** Locks whoever these ids are now, and says who each is; those who were erased are absent. */
export async function lockLiving(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const living = new Map<string, string>();
  for (let asked = new Map(ids.map((id) => [id, id])); asked.size > 0; ) {
    const known = await lockPeople(tx, [...new Set(asked.values())]);
    const gone: string[] = [];
    for (const [id, who] of asked) {
      if (known.has(who)) living.set(id, who);
      else gone.push(id);
    }
    // Asked after the lock was waited for: a merge that came first is seen.
    const survivorOf = await loadAliases(tx, gone);
    const before = asked;
    asked = new Map([...survivorOf].filter(([id, survivor]) => before.get(id) !== survivor));
  }
  return living;
}
