import type { Socket } from "node:net";

import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  type QueryExecutorProvider,
  type RawBuilder,
  sql,
} from "kysely";
import pg from "pg";

import { run } from "./statement.ts";
import { uuidList } from "./uuid-list.ts";

/** State, one connection to it, or a transaction. Queries are `sql` templates, one question per file. */
export interface Db extends QueryExecutorProvider {
  readonly isTransaction: boolean;
}
export interface Tx extends Db {
  readonly isTransaction: true;
}

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
  if (text.length === MS_INSTANT.length && text.charCodeAt(19) === DOT && text.charCodeAt(4) === DASH)
    return `${text.slice(0, 10)}T${text.slice(11, 23)}Z`;
  const [whole, fraction = ""] = text.replace(/\+00(:00)?$/, "").split(".");
  return `${(whole ?? "").replace(" ", "T")}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
}

const MS_INSTANT = "2026-11-23 00:57:14.123+00";
const DOT = 0x2e;
const DASH = 0x2d;

export interface DbOptions {
  readonly connectionString?: string;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly database?: string;
  readonly max?: number;
  readonly applicationName?: string;
  /** For statements that find a batch's rows by their keys: the planner takes indexes, however little it knows. */
  readonly isKeyed?: boolean;
}

/**
 * What every connection runs with. A random page of a solid-state disk costs about what the next one does. A process
 * that was stopped in the middle of a transaction (SIGSTOP) must not hold its locks for ever.
 */
const SESSION = {
  jit: "off",
  TimeZone: "UTC",
  DateStyle: "ISO",
  idle_in_transaction_session_timeout: "10000",
  random_page_cost: "1.1",
};
/** A table that has grown since it was last analysed would be read whole for each batch: 90 us per event instead of 5. */
const KEYED = {
  enable_seqscan: "off",
  enable_bitmapscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  // Planning each time would cost a small batch as much as running: kept, and made anew now and then (`forgetPlans`).
  plan_cache_mode: "force_generic_plan",
};

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
    options: Object.entries({ ...SESSION, ...(options.isKeyed ? KEYED : {}) })
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    types,
    // What is asked on one connection before the last answer has come goes out at once.
    pipeline: true,
  } as pg.PoolConfig);
  outliveCuts(pool);
  pool.on("connect", prepareRepeated);
  if (options.isKeyed) pool.on("acquire", forgetPlans);
  const kysely = new Kysely<object>({ dialect: new PostgresDialect({ pool }) });
  return {
    db: kysely,
    pool,
    async close() {
      await kysely.destroy();
      // Kysely ends only what it has used itself.
      if (!pool.ended) await pool.end();
    },
  };
}

/** A plan made while a table was empty may lean on the wrong one of its indexes. */
const PLANS_LAST_MS = 5_000;
const plansSince = new WeakMap<pg.PoolClient, number>();

function forgetPlans(client: pg.PoolClient): void {
  const now = performance.now();
  if (now - (plansSince.get(client) ?? 0) < PLANS_LAST_MS) return;
  plansSince.set(client, now);
  // A connection that is cut tells the one who asked for it.
  client.query("discard plans").catch(() => {});
}

/** Texts that occur this often are worth a name; beyond so many texts none is added. */
const REPEATED = 3;
const MOST_PREPARED = 500;
const timesSeen = new Map<string, { readonly name: string; times: number }>();

/** Statements that come again and again are sent by name: PostgreSQL parses and rewrites each once per connection. */
function prepareRepeated(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const gather = gatherWrites(client);
  client.query = ((text: unknown, values: unknown, ...rest: unknown[]) => {
    gather();
    if (typeof text !== "string" || !Array.isArray(values) || rest.length > 0) return query(text, values, ...rest);
    return run(client, { name: nameOf(text), text, values }).catch(throwFromHere);
  }) as typeof client.query;
}

/** Who asked is of use in a stack, not the socket that was answered on. */
function throwFromHere(error: Error): never {
  Error.captureStackTrace(error);
  throw error;
}

/** What is asked in one turn goes out in one write: waking the server costs as much as a small statement. */
function gatherWrites(client: pg.PoolClient): () => void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  let isCorked = false;
  const release = () => {
    isCorked = false;
    stream.uncork();
  };
  return () => {
    if (isCorked) return;
    isCorked = true;
    stream.cork();
    process.nextTick(release);
  };
}

function nameOf(text: string): string | undefined {
  const seen = timesSeen.get(text);
  if (seen) return ++seen.times > REPEATED ? seen.name : undefined;
  if (timesSeen.size < MOST_PREPARED) timesSeen.set(text, { name: `kilim_${timesSeen.size}`, times: 1 });
  return undefined;
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

/** Runs what belongs together on one connection: what is asked at once goes out in one write and wakes one backend. */
export function onOneConnection<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db);
  return db.getExecutor().provideConnection((connection) => onLine(db, connection, false, work));
}

/**
 * Statements on one connection go out as they are asked, before those ahead of them are answered: Kysely's own would wait for
 * each. Returns when all are answered, whether `work` waited for them or not; who goes on asking after that is refused.
 */
async function onLine<T, B extends boolean>(
  db: Db,
  connection: DatabaseConnection,
  isTransaction: B,
  work: (line: Db & { readonly isTransaction: B }) => Promise<T>,
): Promise<T> {
  let isOver = false;
  let last: Promise<unknown> | undefined;
  const executor = db.getExecutor().withConnectionProvider({
    provideConnection(use) {
      if (isOver) return Promise.reject(new Error("asked on a connection that has been given back"));
      const answer = use(connection);
      last = answer;
      return answer;
    },
  });
  try {
    return await work({ isTransaction, getExecutor: () => executor });
  } finally {
    isOver = true;
    // They are answered in their order.
    await last?.catch(() => {});
  }
}

/** Statements of transactions that were sent and are not waited for. */
const sent = new WeakMap<Tx, Promise<unknown>[]>();

/**
 * Sends a statement and goes on without its answer: what the transaction asks afterwards is answered after it all the
 * same, and `inTransaction` commits only when it has succeeded. For writes whose outcome nobody looks at. Where other than
 * `expected` rows are written or found, the transaction is run again.
 */
export function send(tx: Tx, query: RawBuilder<unknown>, expected?: number): void {
  const answer = query.execute(tx).then(({ numAffectedRows, rows: found }) => {
    const count = Number(numAffectedRows ?? found.length);
    if (expected !== undefined && count !== expected)
      throw Object.assign(new Error(`${count} rows were met instead of ${expected}`), { code: "40001" });
  });
  // Told by `settle`.
  answer.catch(() => {});
  const before = sent.get(tx);
  if (before) before.push(answer);
  else sent.set(tx, [answer]);
}

/** Returns when all that was sent has succeeded; throws the first failure. */
export async function settle(tx: Tx): Promise<void> {
  const answers = sent.get(tx) ?? [];
  sent.delete(tx);
  for (const result of await Promise.allSettled(answers)) if (result.status === "rejected") throw result.reason;
}

/**
 * What failed first in a transaction that threw: after it PostgreSQL answers only that the transaction is aborted. One that is
 * to be run again has seen what no longer holds: whatever else it threw may come of that.
 */
export async function failureOf(tx: Tx, error: unknown): Promise<unknown> {
  try {
    await settle(tx);
    return error;
  } catch (earlier) {
    return sqlState(error) === ABORTED || isRetryable(earlier) ? earlier : error;
  }
}

/** What PostgreSQL answers to whatever follows the failure in a transaction. */
export const ABORTED = "25P02";

/**
 * Runs `work` in one transaction; a deadlock or serialisation failure runs it again, at most `tries` times: the first is
 * attempt 1.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx, attempt: number) => Promise<T>, tries = 5): Promise<T> {
  if (db.isTransaction) throw new TypeError("a transaction stands in no other");
  for (let attempt = 1; ; attempt++) {
    try {
      return await db
        .getExecutor()
        .provideConnection((connection) => transact(db, connection, (tx) => work(tx, attempt)));
    } catch (error) {
      if (attempt >= tries || !isRetryable(error)) throw error;
    }
  }
}

async function transact<T>(db: Db, connection: DatabaseConnection, work: (tx: Tx) => Promise<T>): Promise<T> {
  const run = (command: string) => connection.executeQuery<{ command?: string }>(CompiledQuery.raw(command));
  // Waited for: what went out behind a beginning that failed would each be committed by itself.
  await run("begin");
  let done: T;
  try {
    done = await onLine(db, connection, true, async (tx) => {
      try {
        const result = await work(tx);
        await settle(tx);
        return result;
      } catch (error) {
        throw await failureOf(tx, error);
      }
    });
  } catch (error) {
    // A connection that is cut has undone it already, and is not used again.
    await run("rollback").catch(() => {});
    throw error;
  }
  const { rows: ends } = await run("commit");
  // Something failed and was not heeded: PostgreSQL has undone all of it.
  if (ends[0]?.command === "ROLLBACK") throw Object.assign(new Error("the transaction was undone"), { code: ABORTED });
  return done;
}

export function isRetryable(error: unknown): boolean {
  const code = sqlState(error);
  return code === "40P01" || code === "40001";
}

/** The SQLSTATE of a database error, else undefined. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

type ListType =
  | "uuid"
  | "tid"
  | "text"
  | "int4"
  | "int8"
  | "float8"
  | "timestamptz"
  | "jsonb"
  | "bool"
  | "bytea"
  | "xid";

const PLAIN: ReadonlySet<ListType> = new Set(["uuid", "int4", "int8", "float8", "timestamptz", "bool", "xid"]);
/** Between texts, and in the place of null. Valid JSON holds neither unescaped. */
const SEPARATOR = "\x1f";
const NULL = "\x1e";

/**
 * An array parameter: `unnest(${list("uuid", ids)})`. `jsonb` items must be stringified by the caller. Texts travel
 * joined by a control character rather than quoted one by one, which would cost both sides more than the rest of a
 * batch's statement; a list in which such a character occurs goes the slow way.
 */
export function list(type: ListType, values: readonly unknown[]): RawBuilder<unknown> {
  const packed = type === "uuid" ? uuidList(values) : null;
  if (packed) return sql`${packed}::uuid[]`;
  if (PLAIN.has(type)) return sql`${`{${values.map((value) => value ?? "null").join(",")}}`}::${sql.raw(type)}[]`;
  if ((type === "text" || type === "tid" || type === "jsonb") && values.length > 1 && values.every(isJoinable))
    return sql`string_to_array(${values.map((value) => value ?? NULL).join(SEPARATOR)}, ${SEPARATOR}, ${NULL})::${sql.raw(type)}[]`;
  return sql`${values as unknown[]}::${sql.raw(type)}[]`;
}

/** An instant as text (RFC 3339 UTC with milliseconds), for JSON made by PostgreSQL. */
export function instantText(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/**
 * `= any(list)` whose length the planner does not see, so that it plans once and for all. Of a plain list it makes a new plan
 * for each call, because one for few values looks cheaper than that for ten.
 */
export function anyOf(type: ListType, values: readonly unknown[]): RawBuilder<unknown> {
  return sql`= any(array(select unnest(${list(type, values)})))`;
}

/** `= any(list)`; of a single value plainly `= value`, which PostgreSQL plans once and for all. */
export function among(type: ListType, values: readonly unknown[]): RawBuilder<unknown> {
  return values.length === 1 ? sql`= ${values[0]}::${sql.raw(type)}` : sql`= any(${list(type, values)})`;
}

function isJoinable(value: unknown): boolean {
  if (typeof value !== "string") return value === null;
  return !value.includes(SEPARATOR) && !value.includes(NULL);
}

export { type RawBuilder, sql };
