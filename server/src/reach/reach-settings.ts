import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { type ReachSettings, reachSettings } from "./contracts.ts";
import { loadSettings, saveSettings } from "./queries/settings.pg.ts";

export async function readSettings(db: Db): Promise<ReachSettings> {
  return reachSettings.parse((await loadSettings(db))?.settings ?? {});
}

export async function showSettings(db: Db) {
  const row = await loadSettings(db);
  return {
    ...reachSettings.parse(row?.settings ?? {}),
    changed_by: row?.changed_by ?? null,
    updated_at: row?.updated_at ?? null,
  };
}

export async function changeSettings(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  settings: ReachSettings,
  changedBy: string,
) {
  await saveSettings(db, JSON.stringify(settings), changedBy, clock.now().toString());
  return showSettings(db);
}
