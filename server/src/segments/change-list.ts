import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, sqlState } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { ListView } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { addListMembers, findList, insertList, makeDue, removeListMembers } from "./queries/lists.pg.ts";
import { shareDefinitions } from "./queries/lock-definitions.pg.ts";
import { lockPeople } from "./queries/lock-people.pg.ts";
import type { RegistryCache } from "./registry.ts";
import type { LoadProfiles } from "./take-due.ts";

export interface ListDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly registry: RegistryCache;
  readonly loadProfiles: LoadProfiles;
}

export async function createList(deps: ListDeps, name: string): Promise<ListView> {
  const id = newId(deps.clock);
  try {
    await insertList(deps.db, id, name, deps.clock.now().toString());
  } catch (error) {
    throw sqlState(error) === "23505" ? refuse("list_name_taken") : error;
  }
  return await readList(deps.db, id);
}

export async function readList(db: Db, id: string): Promise<ListView> {
  const found = await findList(db, id);
  if (!found) throw refuse("list_not_found");
  return found;
}

/** Puts people on a list and takes people off it; segments that ask for the list follow at once, by the sweeper. */
export async function changeList(
  deps: ListDeps,
  id: string,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<ListView> {
  return await inTransaction(deps.db, async (tx) => {
    await readList(tx, id);
    await shareDefinitions(tx);
    const known = await deps.loadProfiles(tx, add);
    const touched = [...new Set([...add.filter((one) => known.has(one)), ...remove])];
    await lockPeople(tx, touched);
    const now = deps.clock.now().toString();
    await addListMembers(
      tx,
      id,
      touched.filter((one) => known.has(one)),
      now,
    );
    await removeListMembers(tx, id, remove);
    const registry = await deps.registry.current(tx);
    const rules = [...registry.rules.values()].filter((rule) => rule.listIds.includes(id));
    await makeDue(
      tx,
      touched,
      rules.map((rule) => rule.id),
      now,
    );
    return await readList(tx, id);
  });
}
