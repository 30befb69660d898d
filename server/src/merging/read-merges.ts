import { listMergeLog, loadApartFrom, placesOf } from "../identity/index.ts";
import type { Db } from "../platform/db.ts";
import type { Page, PageQuery } from "../platform/pages.ts";
import { displayName, loadProfiles, requireProfile } from "../profiles/index.ts";
import type { MergeEntry, Separation } from "./contracts.ts";

/** What has been joined to a person and separated from her, newest first. */
export async function readMerges(db: Db, ref: string, page: PageQuery): Promise<Page<MergeEntry>> {
  const { ids } = await placesOf(db, await requireProfile(db, ref));
  const { items, next } = await listMergeLog(db, ids, page);
  return {
    items: items.map(({ from_id: from, into_id: into, evidence, holds, ...row }) => ({
      ...row,
      from,
      into,
      identifiers: [...evidence],
      can_separate: holds && ids.includes(from),
    })),
    next,
  };
}

/** Whom a person was separated from. */
export async function readSeparations(db: Db, ref: string): Promise<Separation[]> {
  const apart = await loadApartFrom(db, await requireProfile(db, ref));
  const profiles = await loadProfiles(
    db,
    apart.map((row) => row.profile_id),
  );
  return apart.map((row) => ({
    profile_id: row.profile_id,
    name: displayName(profiles.get(row.profile_id)?.traits ?? {}),
    since: row.since,
  }));
}
