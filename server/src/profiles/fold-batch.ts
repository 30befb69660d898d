import type { Tx } from "../platform/db.ts";
import type { FoldedEvent, Merge, Profile } from "./contracts.ts";
import { type Folding, foldEvent } from "./fold/fold-event.ts";
import { mergeInto } from "./fold/merge-memory.ts";
import {
  deleteProfiles,
  insertEmpty,
  insertProfiles,
  lockRows,
  updateProfiles,
  writeSearch,
} from "./queries/profile-rows.pg.ts";
import { toFolding, toProfile, toRow } from "./stored.ts";

/** Profiles locked by the transaction, ready to be folded. */
export type Locked = Map<string, Folding>;

export interface Folded {
  readonly profiles: Map<string, Profile>;
  readonly changed: Map<string, ReadonlySet<string>>;
}

/** Locks the given profiles (sorted), making those that are not there; ids that are gone (merged away, erased) are absent. */
export async function lockProfiles(
  tx: Tx,
  ids: readonly string[],
  areGone: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<Locked> {
  const sorted = [...ids].sort();
  const found = sorted.length > 0 ? await lockRows(tx, sorted) : [];
  const locked: Locked = new Map(found.map((row) => [row.id, toFolding(row)]));
  const missing = sorted.filter((id) => !locked.has(id));
  if (missing.length === 0) return locked;
  const gone = await areGone(missing);
  const fresh = missing.filter((id) => !gone.has(id));
  if (fresh.length > 0) {
    await insertEmpty(tx, fresh);
    for (const row of await lockRows(tx, fresh)) locked.set(row.id, toFolding(row));
    // Somebody may have made, erased and committed one of them while we waited to make it.
    const late = [...(await areGone(fresh))];
    if (late.length > 0) deleteProfiles(tx, late);
    for (const id of late) locked.delete(id);
  }
  return locked;
}

/** Folds a batch into its locked profiles and writes them: merges first, then the events, then one write per table. */
export function foldBatch(
  tx: Tx,
  locked: Locked,
  created: ReadonlySet<string>,
  merges: readonly Merge[],
  events: readonly FoldedEvent[],
): Folded {
  for (const id of created) locked.set(id, toFolding({ id, data: "{}" }));
  for (const { from, into } of merges) {
    const target = locked.get(into);
    const source = locked.get(from);
    if (target && source) mergeInto(target, source);
    locked.delete(from);
  }
  for (const { event, profileId } of events) {
    const folding = locked.get(profileId);
    if (folding) foldEvent(folding, event);
  }
  const touched = [...locked.values()].filter((folding) => folding.changed.size > 0);
  // Also those whom nothing has changed: what we did about them may be what a segment asks for.
  const profiles = new Map([...locked.values()].map((folding) => [folding.id, toProfile(folding)]));
  const gone = merges.map((merge) => merge.from).filter((id) => !created.has(id));
  if (gone.length > 0) deleteProfiles(tx, gone);
  writeFolded(tx, touched, (id) => created.has(id));
  return { profiles, changed: new Map(touched.map((folding) => [folding.id, folding.changed])) };
}

export function writeFolded(tx: Tx, touched: readonly Folding[], isFresh: (id: string) => boolean): void {
  const written = Map.groupBy(touched, ({ id }) => (isFresh(id) ? "fresh" : "known"));
  if (written.has("fresh")) insertProfiles(tx, (written.get("fresh") ?? []).map(toRow));
  if (written.has("known")) updateProfiles(tx, (written.get("known") ?? []).map(toRow));
  const words = new Map(touched.filter(isFoundOtherwise).map((folding) => [folding.id, searchWords(folding)]));
  if (words.size > 0) writeSearch(tx, words);
}

const SEARCHED = ["name", "first_name", "firstName", "last_name", "lastName", "email", "phone", "city"];

/** Whether what a person is searched by, or likened to others by, may have changed. */
function isFoundOtherwise({ changed }: Folding): boolean {
  return (
    changed.has("*") ||
    changed.has("trait:birthday") ||
    changed.has("trait:address") ||
    SEARCHED.some((name) => changed.has(`trait:${name}`))
  );
}

function searchWords({ traits }: Folding): string {
  return SEARCHED.map((name) => traits[name])
    .filter((value) => typeof value === "string")
    .join(" ")
    .toLocaleLowerCase("en")
    .slice(0, 400);
}
