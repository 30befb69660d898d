import { type Db, one, type RawBuilder, rows, sql, type Tx } from "../../platform/db.ts";
import type { AccountRow } from "./accounts.pg.ts";

/** A secret of the account is sealed by another key than the newest, whose texts begin with `mark`. */
function isOlder(mark: string): RawBuilder<boolean> {
  const older = mark === "" ? sql`strpos(sealed, '.') > 0` : sql`not starts_with(sealed, ${mark})`;
  return sql`exists (select from jsonb_each_text(secrets) as one (name, sealed) where ${older})`;
}

export async function countOlder(db: Db, mark: string): Promise<number> {
  const found = await one(
    db,
    sql<{ n: number }>`select count(*)::int4 as n from messages.accounts where ${isOlder(mark)}`,
  );
  return found?.n ?? 0;
}

/** By id; whoever changes one of them meanwhile waits. Leans on the primary key. */
export function pageOlder(tx: Tx, mark: string, after: string | null, limit: number): Promise<AccountRow[]> {
  return rows(
    tx,
    sql<AccountRow>`
      select id, channel, provider, name, settings, secrets, endpoint, rate_per_second, is_default, version
      from messages.accounts where ${isOlder(mark)} and ${after === null ? sql`true` : sql`id > ${after}`}
      order by id limit ${limit} for update`,
  );
}

/** The secrets stay what they are, so no open line is replaced for it. */
export async function replaceSecrets(tx: Tx, id: string, secrets: AccountRow["secrets"]): Promise<void> {
  await sql`update messages.accounts set secrets = ${JSON.stringify(secrets)}::jsonb where id = ${id}`.execute(tx);
}
