import { type Db, one, sql } from "../../platform/db.ts";

export interface SettingsRow {
  readonly settings: unknown;
  readonly changed_by: string;
  readonly updated_at: string;
}

export async function loadSettings(db: Db): Promise<SettingsRow | undefined> {
  return one(db, sql<SettingsRow>`select settings, changed_by, updated_at from reach.settings`);
}

export async function saveSettings(db: Db, settings: string, changedBy: string, now: string): Promise<void> {
  await sql`
    insert into reach.settings (settings, changed_by, updated_at) values (${settings}, ${changedBy}, ${now})
    on conflict (id) do update
    set settings = excluded.settings, changed_by = excluded.changed_by, updated_at = excluded.updated_at`.execute(db);
}
