import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { AccountChannel } from "../content/kinds.ts";

export interface AccountRow {
  readonly id: string;
  readonly channel: AccountChannel;
  readonly provider: string;
  readonly name: string;
  readonly settings: JsonObject;
  /** Each sealed under its own name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly endpoint: string | null;
  readonly rate_per_second: number | null;
  readonly is_default: boolean;
  readonly version: number;
}

const COLUMNS = sql.raw(
  "id, channel, provider, name, settings, secrets, endpoint, rate_per_second, is_default, version",
);

/** Leans on accounts_default. */
export async function loadDefaultAccount(db: Db, channel: AccountChannel): Promise<AccountRow | undefined> {
  return one(db, sql<AccountRow>`select ${COLUMNS} from messages.accounts where channel = ${channel} and is_default`);
}

/** Changes of a channel's accounts come one after the other: each leaves one default. */
export async function lockAccounts(db: Db, channel: AccountChannel): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`messages.accounts:${channel}`}, 0))`.execute(db);
}

/** Writes an account, new or known; it becomes its channel's default when it says so. */
export async function saveAccount(db: Db, row: Omit<AccountRow, "version"> & { now: string }): Promise<void> {
  if (row.is_default)
    await sql`
      update messages.accounts set is_default = false
      where channel = ${row.channel} and is_default and id <> ${row.id}`.execute(db);
  await sql`
    insert into messages.accounts
      (id, channel, provider, name, settings, secrets, endpoint, rate_per_second, is_default, created_at, updated_at)
    values (${row.id}, ${row.channel}, ${row.provider}, ${row.name}, ${JSON.stringify(row.settings)}::jsonb,
            ${JSON.stringify(row.secrets)}::jsonb, ${row.endpoint}, ${row.rate_per_second}, ${row.is_default},
            ${row.now}, ${row.now})
    on conflict (id) do update
    set name = excluded.name, settings = excluded.settings, secrets = excluded.secrets, endpoint = excluded.endpoint,
        rate_per_second = excluded.rate_per_second, is_default = excluded.is_default,
        version = accounts.version + 1, updated_at = excluded.updated_at`.execute(db);
}

export async function removeAccount(db: Db, id: string): Promise<boolean> {
  const result = await sql`delete from messages.accounts where id = ${id}`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function loadAccount(db: Db, id: string): Promise<AccountRow | undefined> {
  return one(db, sql<AccountRow>`select ${COLUMNS} from messages.accounts where id = ${id}`);
}

/** By channel and name; there are a handful. */
export async function listAccounts(
  db: Db,
  after: readonly [string, string, string] | null,
  limit: number,
): Promise<AccountRow[]> {
  const where = after === null ? sql`true` : sql`(channel, name, id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)`;
  return rows(
    db,
    sql<AccountRow>`
      select ${COLUMNS} from messages.accounts where ${where} order by channel, name, id limit ${limit}`,
  );
}

export async function loadAccountsOf(db: Db, channel: AccountChannel): Promise<AccountRow[]> {
  return rows(
    db,
    sql<AccountRow>`
      select ${COLUMNS} from messages.accounts where channel = ${channel} order by is_default desc, created_at, id`,
  );
}
