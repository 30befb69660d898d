import { append } from "../../collect/index.ts";
import { inTransaction } from "../../platform/db.ts";
import type { ShoppingList } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { summariseLists } from "../summarise-lists.ts";
import { announceList } from "./announce-list.ts";
import { deviceOf } from "./change-list.ts";
import type { ListDeps } from "./make-list.ts";
import { openList } from "./open-list.ts";
import { loadLiveItems } from "./queries/items.pg.ts";
import { deleteList, saveList } from "./queries/lists.pg.ts";
import { showList } from "./read-lists.ts";
import { listEvent } from "./tell-list.ts";
import type { Viewer } from "./viewer.ts";

/** Calls a list by another name; the main one of a kind has none, so that every screen says it in its own language. */
export async function renameList(deps: ListDeps, viewer: Viewer, id: string, name: string): Promise<ShoppingList> {
  const open = await inTransaction(deps.db, async (tx) => {
    const { list, right } = await openList(tx, deps, viewer, id, "own");
    if (list.name === null) throw refuse("main_list");
    const named = { ...list, name };
    await saveList(tx, named);
    return { list: named, right };
  });
  announceList(deps.bus, id, open.list.profile_id);
  return showList(deps.db, deps.clock, open);
}

/** Takes a list away, with its photos and links. The screens ask first: this cannot be undone. */
export async function removeList(deps: ListDeps, viewer: Viewer, id: string): Promise<{ readonly deleted: true }> {
  const { list } = await inTransaction(deps.db, async (tx) => {
    const open = await openList(tx, deps, viewer, id, "own");
    const items = (await loadLiveItems(tx, [id])).length;
    await deleteList(tx, id);
    const lists = await summariseLists(tx, open.list.profile_id);
    const authorKind = viewer.kind === "staff" ? "associate" : "shopper";
    const tale = { list: open.list, anonymousId: deviceOf(viewer), authorKind } as const;
    if (items > 0) await append(tx, [listEvent(deps.clock, tale, "List Deleted", { items, lists })]);
    return open;
  });
  announceList(deps.bus, id, list.profile_id);
  return { deleted: true };
}
