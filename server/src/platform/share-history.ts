import { setTimeout as pause } from "node:timers/promises";

import type { Clock } from "./clock.ts";
import { type Db, one, sql } from "./db.ts";
import type { Settings } from "./settings.ts";
import { StartError } from "./start-error.ts";

/** Connections of a Kilim that was killed just now are still being noticed by PostgreSQL. */
const PATIENCE_MS = 5_000;
const MARK = "history_place";

/**
 * Several Kilims on one State must have one History, or each would hold a part of the events. Refuses to start beside
 * others when this one's, or theirs, is embedded. Throws StartError.
 */
export async function checkHistoryIsShared(
  db: Db,
  clock: Clock,
  { databaseUrl, clickhouseUrl }: Pick<Settings, "databaseUrl" | "clickhouseUrl">,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  if (databaseUrl === undefined) return;
  const mine = clickhouseUrl === undefined ? "embedded" : "shared";
  for (const until = performance.now() + patienceMs; await isSeparate(db, mine); await pause(100)) {
    if (performance.now() < until) continue;
    throw new StartError(
      "Other Kilims work on the database in DATABASE_URL, and they and this one do not have the same ClickHouse: set CLICKHOUSE_URL to the same server for all of them.",
    );
  }
  await sql`
    insert into platform.settings (name, value, updated_at)
    values (${MARK}, ${JSON.stringify(mine)}::jsonb, ${clock.now().toString()})
    on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`.execute(db);
}

async function isSeparate(db: Db, mine: string): Promise<boolean> {
  const found = await one(
    db,
    sql<{ isAccompanied: boolean; theirs: string | null }>`
      select exists (
          select from pg_stat_activity
          where datname = current_database() and application_name in ('kilim api', 'kilim worker')
        ) as "isAccompanied",
        (select value #>> '{}' from platform.settings where name = ${MARK}) as theirs`,
  );
  return found?.isAccompanied === true && (mine === "embedded" || found.theirs === "embedded");
}
