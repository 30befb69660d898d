import { type Db, one, sql } from "../../platform/db.ts";

export interface RulesRow {
  readonly rules: unknown;
  readonly changed_by: string;
  readonly updated_at: string;
}

export async function loadRules(db: Db): Promise<RulesRow | undefined> {
  return one(db, sql<RulesRow>`select rules, changed_by, updated_at from consent.rules`);
}

export async function saveRules(db: Db, rules: string, changedBy: string, now: string): Promise<void> {
  await sql`
    insert into consent.rules (rules, changed_by, updated_at) values (${rules}, ${changedBy}, ${now})
    on conflict (id) do update
    set rules = excluded.rules, changed_by = excluded.changed_by, updated_at = excluded.updated_at`.execute(db);
}
