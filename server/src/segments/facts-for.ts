import type { Db } from "../platform/db.ts";
import type { Facts } from "./predicates/profile-predicate.ts";
import { leavesOf, type Tree } from "./predicates/tree.ts";
import { nobody } from "./registry.ts";
import type { LoadProfiles } from "./take-due.ts";

/** Of people what these trees may ask of their profiles: none is opened when they ask only what people did. */
export async function factsFor(
  db: Db,
  loadProfiles: LoadProfiles,
  trees: readonly Tree[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, Facts>> {
  const asksProfiles = trees.some((tree) => leavesOf(tree).some(({ kind }) => kind === "profile"));
  return asksProfiles ? await loadProfiles(db, ids) : new Map(ids.map((id) => [id, nobody.facts]));
}
