import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** chDB's own surface below its JavaScript classes; it takes parameters and inserts exactly as HTTP carries them. */
interface Native {
  CreateConnection(path: string, args: readonly string[]): object;
  CloseConnection(connection: object): void;
  QueryAsyncConnection(
    connection: object,
    sql: string,
    format: string,
    params: Record<string, string>,
  ): Promise<{ bytes: Uint8Array; rowsRead: number; bytesRead: number }>;
  InsertRawAsyncConnection(
    connection: object,
    prefix: string,
    data: Buffer,
    countLines: boolean,
  ): Promise<{ rowsWritten: number; bytesWritten: number }>;
  StreamQuery(connection: object, sql: string, format: string, params: Record<string, string>): object;
  StreamFetch(stream: object): Promise<{ done: boolean; bytes: Uint8Array; numRows: number }>;
  StreamCancel(stream: object): void;
}

export interface Statement {
  readonly sql: string;
  /** Rows that follow an `INSERT … FORMAT …`; undefined for every other statement. */
  readonly data: Buffer | undefined;
  readonly format: string;
  readonly database: string;
  readonly params: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
  /** False once nobody waits for the answer any more; asked when the statement's turn comes. */
  isWanted(): boolean;
}

export interface Written {
  readonly rows: number;
  readonly bytes: number;
}

export interface ChdbEngine {
  /** Runs one statement at a time, in the order of the calls; gives `answer` the bytes of the result as they come. */
  run(statement: Statement, answer: (chunk: Uint8Array) => Promise<void>): Promise<Written>;
  close(): Promise<void>;
}

/** Ends a statement whose answer nobody reads any more; `answer` throws it to stop a long one. */
export class AnswerAborted extends Error {}

const SETTING = /^[a-z][a-z0-9_]*$/i;

/**
 * Opens the chDB folder (one per process). `memoryLimit` is in bytes per query. A second statement waits for the
 * first: chDB has one thread for us, and a query from a second one has been seen never to return.
 */
export function openChdb(folder: string, memoryLimit: number): ChdbEngine {
  const native = loadNative();
  const connection = native.CreateConnection(folder, [
    "--async_load_databases=0",
    "--mark_cache_size=67108864",
    "--index_mark_cache_size=16777216",
    "--compiled_expression_cache_size=16777216",
  ]);
  const base = { max_memory_usage: String(memoryLimit), max_bytes_before_external_group_by: String(memoryLimit / 2) };
  let applied: Record<string, string> = {};
  let database = "default";
  let tail: Promise<unknown> = Promise.resolve();

  const execute = (sql: string) => native.QueryAsyncConnection(connection, sql, "TSV", {});

  /** The connection keeps what is SET; only what differs from the statement before is set again. */
  async function prepare(statement: Statement): Promise<void> {
    const wanted: Record<string, string> = { ...base, ...statement.settings };
    const changes = Object.entries(wanted)
      .filter(([name, value]) => applied[name] !== value)
      .map(([name, value]) => [name, quote(value)] as const);
    const dropped = Object.keys(applied).filter((name) => !(name in wanted));
    for (const name of dropped) changes.push([name, "DEFAULT"]);
    if (changes.length > 0) {
      const bad = changes.find(([name]) => !SETTING.test(name));
      if (bad) throw new Error(`Code: 115. DB::Exception: Unknown setting '${bad[0]}'. (UNKNOWN_SETTING)`);
      await execute(`SET ${changes.map(([name, value]) => `${name} = ${value}`).join(", ")}`);
      applied = wanted;
    }
    if (statement.database !== database) {
      await execute(`USE ${identifier(statement.database)}`);
      database = statement.database;
    }
  }

  async function stream(statement: Statement, answer: (chunk: Uint8Array) => Promise<void>): Promise<Written> {
    const handle = native.StreamQuery(connection, statement.sql, statement.format, { ...statement.params });
    let isDone = false;
    try {
      for (;;) {
        const part = await native.StreamFetch(handle).catch((error: unknown) => {
          isDone = true;
          throw error;
        });
        isDone = part.done;
        if (part.done) return { rows: 0, bytes: 0 };
        await answer(part.bytes);
      }
    } finally {
      if (!isDone) native.StreamCancel(handle);
    }
  }

  async function runNow(statement: Statement, answer: (chunk: Uint8Array) => Promise<void>): Promise<Written> {
    if (!statement.isWanted()) throw new AnswerAborted("the client went away before its turn");
    await prepare(statement);
    if (statement.data) {
      const written = await native.InsertRawAsyncConnection(connection, `${statement.sql}\n`, statement.data, true);
      return { rows: written.rowsWritten, bytes: written.bytesWritten };
    }
    if (/^\s*(select|with)\b/i.test(statement.sql)) return await stream(statement, answer);
    const result = await native.QueryAsyncConnection(connection, statement.sql, statement.format, {
      ...statement.params,
    });
    if (result.bytes.length > 0) await answer(result.bytes);
    return { rows: 0, bytes: 0 };
  }

  return {
    run(statement, answer) {
      const turn = tail.then(() => runNow(statement, answer));
      tail = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await tail;
      native.CloseConnection(connection);
    },
  };
}

function loadNative(): Native {
  const require = createRequire(import.meta.url);
  const loader = require(join(dirname(require.resolve("chdb/package.json")), "dist", "loader.js")) as {
    loadNative(): Native;
  };
  return loader.loadNative();
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function identifier(name: string): string {
  return `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
}
