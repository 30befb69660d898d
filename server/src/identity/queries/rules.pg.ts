import { type Db, one, sql } from "../../platform/db.ts";
import type { RulesConfig } from "../contracts.ts";

export interface RulesRow {
  readonly version: number;
  readonly config: RulesConfig;
  readonly author: string;
  readonly at: string;
}

export async function readNewestRules(db: Db): Promise<RulesRow | null> {
  return (
    (await one(
      db,
      sql<RulesRow>`select version, config, author, at from identity.rules order by version desc limit 1`,
    )) ?? null
  );
}

/** Keeps a version; false when somebody else has kept it first. */
export async function insertRules(db: Db, row: RulesRow): Promise<boolean> {
  const result = await sql`
    insert into identity.rules (version, config, author, at)
    values (${row.version}, ${JSON.stringify(row.config)}::jsonb, ${row.author}, ${row.at})
    on conflict do nothing`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}
