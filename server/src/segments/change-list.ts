import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, sqlState, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { Condition, ListView } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { leavesWithPaths } from "./parse-definition.ts";
import {
  addListMembers,
  deleteList,
  findList,
  insertList,
  type ListRow,
  makeDue,
  removeListMembers,
  renameList,
} from "./queries/lists.pg.ts";
import { holdDefinitions, shareDefinitions } from "./queries/lock-definitions.pg.ts";
import { lockPeople } from "./queries/lock-people.pg.ts";
import { loadDefinitions } from "./queries/segments.pg.ts";
import type { RegistryCache } from "./registry.ts";

/** Hears who has come onto a list, in the transaction that puts them there. */
export type ListFollower = (tx: Tx, listId: string, profileIds: readonly string[]) => Promise<void>;

export interface ListDeps {
  readonly onListed?: ListFollower;
  readonly db: Db;
  readonly clock: Clock;
  readonly registry: RegistryCache;
}

const UNIQUE_VIOLATION = "23505";

export async function createList(deps: ListDeps, name: string): Promise<ListView> {
  const id = newId(deps.clock);
  await nameIsFree(insertList(deps.db, id, name, deps.clock.now().toString()));
  return await readList(deps.db, id);
}

export async function changeListName({ db }: ListDeps, id: string, name: string): Promise<ListView> {
  await readList(db, id);
  await nameIsFree(renameList(db, id, name));
  return await readList(db, id);
}

/** Takes a list away with everybody on it; refused while a segment or journey asks for it. */
export async function removeList({ db }: ListDeps, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await holdDefinitions(tx);
    const { used_by: users, is_used: isUsed } = await readList(tx, id);
    if (isUsed) {
      const names = users.map((segment) => `"${segment.name}"`).join(", ");
      throw refuse("list_in_use", `Used by ${names === "" ? "a journey" : names}.`);
    }
    await deleteList(tx, id);
  });
}

export async function readList(db: Db, id: string): Promise<ListView> {
  const found = await findList(db, id);
  if (!found) throw refuse("list_not_found");
  const [view] = await withUsers(db, [found]);
  return view as ListView;
}

/** Beside each list the segments that ask for it. */
export async function withUsers(db: Db, lists: readonly ListRow[]): Promise<ListView[]> {
  const definitions = (await loadDefinitions(db)).map((row) => ({ row, lists: listsIn(row.definition) }));
  return lists.map((list) => {
    const users = definitions.filter((definition) => definition.lists.has(list.id)).map(({ row }) => row);
    // Conditions that a journey keeps have no name that anybody knows.
    const named = users.filter((row) => !row.is_hidden).map(({ id, name }) => ({ id, name }));
    return { ...list, used_by: named, is_used: users.length > 0 };
  });
}

/** Puts people on a list and takes people off it; segments that ask for the list follow at once, by the sweeper. */
export async function changeList(
  deps: ListDeps,
  id: string,
  change: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<ListView> {
  return await inTransaction(deps.db, async (tx) => {
    if (!(await findList(tx, id))) throw refuse("list_not_found");
    await putOnList(tx, deps, id, change);
    return await readList(tx, id);
  });
}

/** The same inside a transaction; gives how many came or went. Ids that are nobody's are passed by. */
export async function putOnList(
  tx: Tx,
  deps: Pick<ListDeps, "clock" | "registry" | "onListed">,
  id: string,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<number> {
  shareDefinitions(tx);
  const touched = [...new Set([...add, ...remove])];
  const known = await lockPeople(tx, touched);
  const now = deps.clock.now().toString();
  const coming = [...new Set(add)].filter((one) => known.has(one));
  const added = await addListMembers(tx, id, coming, now);
  const changed = added.length + (await removeListMembers(tx, id, remove));
  const registry = await deps.registry.current(tx);
  const rules = [...registry.rules.values()].filter((rule) => rule.listIds.includes(id));
  await makeDue(
    tx,
    touched,
    rules.map((rule) => rule.id),
    now,
  );
  if (added.length > 0) await deps.onListed?.(tx, id, added);
  return changed;
}

async function nameIsFree(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION)
      throw refuse("list_name_taken", undefined, [
        { path: "name", message: "another list has this name; capitals make no difference" },
      ]);
    throw error;
  }
}

function listsIn(definition: Condition): Set<string> {
  return new Set(leavesWithPaths(definition).flatMap(({ node }) => ("in_list" in node ? [node.in_list] : [])));
}
