import pg from "pg";

import type { DbOptions } from "../db.ts";
import { type HistoryOptions, openHistory } from "../history.ts";
import { StartError } from "../start-error.ts";
import type { EngineAddresses } from "./open.ts";

const OLDEST_POSTGRES = 160_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Looks whether both engines can be worked with and makes our databases where they are missing (in an external
 * PostgreSQL the operator makes it). Throws StartError.
 */
export async function prepareEngines({ postgres, history }: EngineAddresses): Promise<void> {
  if (postgres.connectionString === undefined) await makeDatabase(postgres);
  else await checkPostgres(postgres);
  await prepareHistory(history);
}

async function makeDatabase(options: DbOptions): Promise<void> {
  const name = options.database ?? "";
  const client = new pg.Client({ ...options, database: "postgres" } as pg.ClientConfig);
  // Cut while in use, the query under way rejects.
  client.on("error", () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function checkPostgres(options: DbOptions): Promise<void> {
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({ ...options, connectionTimeoutMillis: CONNECT_TIMEOUT_MS } as pg.ClientConfig);
    client.on("error", () => {});
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    if ((rows[0]?.version ?? 0) < OLDEST_POSTGRES) {
      throw new StartError("The PostgreSQL in DATABASE_URL is too old: Kilim needs version 16 or newer.");
    }
  } catch (error) {
    throw error instanceof StartError ? error : explainPostgres(error);
  } finally {
    await client?.end().catch(() => undefined);
  }
}

function explainPostgres(error: unknown): StartError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const said = error instanceof Error ? error.message : String(error);
  switch (code) {
    case "28P01":
    case "28000":
      return new StartError(
        "PostgreSQL refuses the user or password in DATABASE_URL: correct them and start again.",
        error,
      );
    case "3D000":
      return new StartError(
        "The database named in DATABASE_URL does not exist: create it (`createdb`), or correct the name.",
        error,
      );
    default:
      return new StartError(
        `PostgreSQL does not answer at DATABASE_URL (${code || said}): check host, port and network, or unset DATABASE_URL to use the embedded one.`,
        error,
      );
  }
}

async function prepareHistory(options: HistoryOptions): Promise<void> {
  const history = openHistory({ ...options, database: "default" });
  const database = options.database ?? history.database;
  try {
    const found = await history.query("select 1 from system.databases where name = {name:String}", { name: database });
    if (found.length === 0) await history.command(`create database if not exists \`${database}\``);
  } catch (error) {
    throw explainHistory(error);
  } finally {
    await history.close();
  }
}

function explainHistory(error: unknown): StartError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const said = error instanceof Error ? error.message : String(error);
  if (code === "516" || code === "194") {
    return new StartError(
      "ClickHouse refuses the user or password in CLICKHOUSE_URL: correct them and start again.",
      error,
    );
  }
  if (/^\d+$/.test(code)) {
    return new StartError(`ClickHouse at CLICKHOUSE_URL refuses to make our database: ${said}`, error);
  }
  return new StartError(
    `ClickHouse does not answer at CLICKHOUSE_URL (${code || said}): check host, port and network, or unset CLICKHOUSE_URL to use the embedded one.`,
    error,
  );
}

/** The sentence for what an engine refuses while migrations run, where the operator can mend it; else undefined. */
export function explainRefusal(error: unknown): StartError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error ? String(error.code) : "";
  switch (code) {
    case "53100": // disk_full of PostgreSQL
    case "243": // NOT_ENOUGH_SPACE of ClickHouse
      return new StartError(
        "The disk that holds the databases is full: free some space, or set KILIM_DATA to a folder on another disk.",
        error,
      );
    case "42501": // insufficient_privilege
      return new StartError(
        "The user in DATABASE_URL may not make tables in its database: grant it that, or make it the owner.",
        error,
      );
    default:
      return explainRefusal(error.cause);
  }
}
