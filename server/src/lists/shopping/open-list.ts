import { findProfile } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db, Tx } from "../../platform/db.ts";
import type { Secrets } from "../../platform/secrets.ts";
import type { ShoppingList } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { readShare } from "../sharing/share-token.ts";
import { type ListRow, loadList, lockList } from "./queries/lists.pg.ts";
import type { Viewer } from "./viewer.ts";

export type Right = ShoppingList["right"];
export interface LookDeps {
  readonly clock: Clock;
  readonly secrets: Secrets;
}
export interface OpenList {
  readonly list: ListRow;
  readonly right: Right;
}

const ENOUGH: Readonly<Record<Right, readonly Right[]>> = {
  read: ["read", "edit", "own"],
  edit: ["edit", "own"],
  own: ["own"],
};

/** A list with what the viewer may do with it. One that she may not see is not there for her. */
export async function lookAtList(db: Db, deps: LookDeps, viewer: Viewer, id: string): Promise<OpenList> {
  return openIf(db, deps, viewer, await loadList(db, id), "read");
}

/** The same, locked against all other changes of it. */
export async function openList(tx: Tx, deps: LookDeps, viewer: Viewer, id: string, need: Right): Promise<OpenList> {
  return openIf(tx, deps, viewer, await lockList(tx, id), need);
}

async function openIf(
  db: Db,
  deps: LookDeps,
  viewer: Viewer,
  list: ListRow | undefined,
  need: Right,
): Promise<OpenList> {
  const right = list ? await rightOn(db, deps, viewer, list) : null;
  if (!list || right === null) throw refuse("list_not_found");
  if (!ENOUGH[need].includes(right)) throw refuse(need === "own" ? "list_not_found" : "list_read_only");
  return { list, right };
}

async function rightOn(db: Db, deps: LookDeps, viewer: Viewer, list: ListRow): Promise<Right | null> {
  if (viewer.kind === "staff") return "own";
  const { holder, share } = viewer;
  if (holder.kind === "device" && list.anonymous_id === holder.anonymousId) return "own";
  if (holder.kind === "person" && list.anonymous_id === null) {
    const profileId = (await findProfile(db, holder.profileId)) ?? holder.profileId;
    if (list.profile_id === profileId) return "own";
  }
  const given = share === null ? null : await readShare(db, deps, share);
  if (given?.list_id !== list.id) return null;
  return given.right_given === "edit" ? "edit" : "read";
}
