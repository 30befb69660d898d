import type { Tx } from "../platform/db.ts";
import type { FoldedEvent, Merge, Profile } from "./contracts.ts";
import { type Folding, foldEvent } from "./fold/fold-event.ts";
import { mergeInto } from "./fold/merge-memory.ts";
import {
  deleteProfiles,
  insertEmpty,
  insertProfiles,
  lockRows,
  lockStanding,
  readStanding,
  updateProfiles,
  writeSearch,
} from "./queries/profile-rows.pg.ts";
import { toFolding, toProfile, toRow } from "./stored.ts";

/** Profiles ready to be folded: locked by the transaction, or to be written only if they still stand as they were read. */
export type AtHand = Map<string, Folding>;

export interface Folded {
  readonly profiles: Map<string, Profile>;
  readonly changed: Map<string, ReadonlySet<string>>;
}

/**
 * Takes the given profiles to hand, making those that are not there; ids that are gone (merged away, erased) are absent. Those
 * of `onlyRead` are not locked until they are folded: of most nobody else wants anything meanwhile, and a lock costs more
 * than it saves.
 */
export async function takeProfiles(
  tx: Tx,
  ids: readonly string[],
  areGone: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
  onlyRead: ReadonlySet<string> = NOBODY,
): Promise<AtHand> {
  const sorted = [...ids].sort();
  const { read = [], locked = [] } = Object.groupBy(sorted, (id) => (onlyRead.has(id) ? "read" : "locked"));
  const found = await Promise.all([
    locked.length > 0 ? lockRows(tx, locked) : [],
    read.length > 0 ? readStanding(tx, read) : [],
  ]);
  const atHand: AtHand = new Map(found.flat().map((row) => [row.id, toFolding(row)]));
  const missing = sorted.filter((id) => !atHand.has(id));
  if (missing.length === 0) return atHand;
  const gone = await areGone(missing);
  const fresh = missing.filter((id) => !gone.has(id));
  if (fresh.length > 0) {
    await insertEmpty(tx, fresh);
    for (const row of await lockRows(tx, fresh)) atHand.set(row.id, toFolding(row));
    // Somebody may have made, erased and committed one of them while we waited to make it.
    const late = [...(await areGone(fresh))];
    if (late.length > 0) deleteProfiles(tx, late);
    for (const id of late) atHand.delete(id);
  }
  return atHand;
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Folds a batch into the profiles at hand and writes them: merges first, then the events, then one write per table. All of them
 * are locked once that is done: those that only were read, and are not written either.
 */
export function foldBatch(
  tx: Tx,
  atHand: AtHand,
  created: ReadonlySet<string>,
  merges: readonly Merge[],
  events: readonly FoldedEvent[],
): Folded {
  for (const id of created) atHand.set(id, toFolding({ id, data: "{}" }));
  for (const { from, into } of merges) {
    const target = atHand.get(into);
    const source = atHand.get(from);
    if (target && source) mergeInto(target, source);
    atHand.delete(from);
  }
  for (const { event, profileId } of events) {
    const folding = atHand.get(profileId);
    if (folding) foldEvent(folding, event);
  }
  const touched = [...atHand.values()].filter((folding) => folding.changed.size > 0);
  const standing = [...atHand.values()].filter(({ version, changed }) => version !== null && changed.size === 0);
  // Also those whom nothing has changed: what we did about them may be what a segment asks for.
  const profiles = new Map([...atHand.values()].map((folding) => [folding.id, toProfile(folding)]));
  const gone = merges.map((merge) => merge.from).filter((id) => !created.has(id));
  if (gone.length > 0) deleteProfiles(tx, gone);
  writeFolded(tx, touched, (id) => created.has(id));
  if (standing.length > 0) lockStanding(tx, standing);
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
