import { type Db, one, sql } from "../../platform/db.ts";

export interface HoldoutRow {
  readonly share: number;
  readonly since: string;
  readonly changed_by: string;
}

export async function loadHoldout(db: Db): Promise<HoldoutRow | undefined> {
  return one(db, sql<HoldoutRow>`select share, since, changed_by from experiments.holdout`);
}

/** `since` is when this share began: what was before it is not comparable. */
export async function saveHoldout(db: Db, row: HoldoutRow): Promise<void> {
  await sql`
    insert into experiments.holdout as h (share, since, changed_by)
    values (${row.share}, ${row.since}, ${row.changed_by})
    on conflict (id) do update set share = excluded.share, since = excluded.since, changed_by = excluded.changed_by
    where h.share <> excluded.share`.execute(db);
}
