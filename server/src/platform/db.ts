import { Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from "kysely";
import pg from "pg";

/** A connection or a transaction on State. Queries are `sql` templates, one question per file. */
export type Db = Kysely<object>;
export type Tx = Transaction<object>;

const PG = { int8: 20, numeric: 1700, timestamptz: 1184, timestamp: 1114, date: 1082 } as const;

/** `int8` as number (all of ours stay below 2^53), times as text exactly as PostgreSQL prints them. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === PG.int8 || oid === PG.numeric) return Number;
    if (oid === PG.timestamptz) return readInstant;
    if (oid === PG.timestamp || oid === PG.date) return (text: string) => text;
    return pg.types.getTypeParser(oid, format === "binary" ? "binary" : "text");
  },
} as pg.CustomTypesConfig;

/** `2026-11-23 00:57:14.123+00` as RFC 3339 UTC with milliseconds. Connections run with TimeZone UTC. */
function readInstant(text: string): string {
  const [whole, fraction = ""] = text.replace(/\+00(:00)?$/, "").split(".");
  return `${(whole ?? "").replace(" ", "T")}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
}

export interface DbOptions {
  readonly connectionString?: string;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly database?: string;
  readonly max?: number;
  readonly applicationName?: string;
}

export interface DbHandle {
  readonly db: Db;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export function openDb(options: DbOptions): DbHandle {
  const pool = new pg.Pool({
    ...(options.connectionString ? { connectionString: options.connectionString } : {}),
    ...(options.host ? { host: options.host } : {}),
    ...(options.port ? { port: options.port } : {}),
    ...(options.user ? { user: options.user } : {}),
    ...(options.database ? { database: options.database } : {}),
    max: options.max ?? 10,
    application_name: options.applicationName ?? "kilim",
    // A process that was stopped in the middle of a transaction (SIGSTOP) must not hold its locks for ever.
    options: "-c TimeZone=UTC -c DateStyle=ISO -c idle_in_transaction_session_timeout=30000",
    types,
  });
  outliveCuts(pool);
  const db = new Kysely<object>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

/** A connection that is cut (a restart of the server) must not end the process; the pool opens another when asked. */
export function outliveCuts(pool: pg.Pool): void {
  const ignore = () => {};
  // Idle ones report here; one in use reports for itself, beside its query, which rejects.
  pool.on("error", ignore);
  pool.on("connect", (client) => client.on("error", ignore));
}

export async function rows<T>(db: Db, query: RawBuilder<T>): Promise<T[]> {
  return (await query.execute(db)).rows;
}

export async function one<T>(db: Db, query: RawBuilder<T>): Promise<T | undefined> {
  return (await query.execute(db)).rows[0];
}

/** Runs `work` in one transaction; a deadlock or serialisation failure runs it again, at most `tries` times. */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>, tries = 5): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt >= tries || !isRetryable(error)) throw error;
    }
  }
}

export function isRetryable(error: unknown): boolean {
  const code = sqlState(error);
  return code === "40P01" || code === "40001";
}

/** The SQLSTATE of a database error, else undefined. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** An array parameter: `unnest(${list("uuid", ids)})`. `jsonb` items must be stringified by the caller. */
export function list(
  type: "uuid" | "text" | "int4" | "int8" | "float8" | "timestamptz" | "jsonb" | "bool" | "bytea",
  values: readonly unknown[],
): RawBuilder<unknown> {
  return sql`${values as unknown[]}::${sql.raw(type)}[]`;
}

export { sql };
