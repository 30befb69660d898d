import { Agent } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";

import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client";

/** Where History is: a ClickHouse server's URL, or the socket of the history child. */
export interface HistoryOptions {
  readonly url?: string;
  readonly socketPath?: string;
  /** Default of every statement; made by `prepareEngines` when it is missing. */
  readonly database?: string;
}

/** History (ClickHouse). Statements name their tables without a database. */
export interface History {
  readonly client: ClickHouseClient;
  readonly database: string;
  /**
   * `params` fill `{name:Type}` placeholders; times may be RFC 3339. Rows carry times as RFC 3339 UTC, int64 as number.
   * A question that nobody waits for any more (`signal`) is given up, and never begun when it still waits for its turn.
   */
  query<T>(sql: string, params?: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<T[]>;
  /** With the same `token` and the same rows a repeated insert adds nothing. */
  insert(table: string, rows: readonly object[], options?: { token?: string }): Promise<void>;
  /** As `insert`, for rows that are JSON already, one per line. */
  insertRaw(table: string, lines: Buffer | string, token?: string): Promise<void>;
  /** A statement without an answer. */
  command(sql: string, params?: Readonly<Record<string, unknown>>): Promise<void>;
  close(): Promise<void>;
}

/** As long as the longest statement may take (a backfill over years). */
const REQUEST_TIMEOUT_MS = 300_000;

/** A history child that died is back well before this. */
const RESTART_MS = 3_000;

/** Nobody listens on the child's socket: nothing of what was asked has been done. */
const NOBODY_LISTENS: ReadonlySet<unknown> = new Set(["ENOENT", "ECONNREFUSED"]);
/** A question that was cut off can be asked again as well. */
const CUT_OFF: ReadonlySet<unknown> = new Set([...NOBODY_LISTENS, "ECONNRESET", "EPIPE"]);

/** Runs `work` again while it ends in one of these errors, for as long as a child takes to come back. */
async function patiently<T>(work: () => Promise<T>, codes: ReadonlySet<unknown>): Promise<T> {
  for (const until = Date.now() + RESTART_MS; ; await pause(50)) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (!codes.has(code) || Date.now() > until) throw error;
    }
  }
}

export function openHistory(options: HistoryOptions): History {
  const database = options.database ?? "kilim";
  const client = createClient({
    url: options.url ?? "http://history",
    database,
    application: "kilim",
    request_timeout: REQUEST_TIMEOUT_MS,
    ...(options.socketPath ? { http_agent: socketAgent(options.socketPath) } : {}),
    // Errors are thrown to us; its own log would print them a second time, with the rows.
    log: { level: ClickHouseLogLevel.OFF },
    use_multipart_params_auto: true,
    // Across a network rows compress well; on a socket of the same machine it would only cost time.
    compression: { request: options.socketPath === undefined, response: options.socketPath === undefined },
    clickhouse_settings: {
      date_time_input_format: "best_effort",
      date_time_output_format: "iso",
      output_format_json_quote_64bit_integers: 0,
      session_timezone: "UTC",
      async_insert: 0,
    },
  });

  const reach = <T>(work: () => Promise<T>, codes = NOBODY_LISTENS): Promise<T> =>
    options.socketPath ? patiently(work, codes) : work();

  async function insertRaw(table: string, given: Buffer | string, token?: string): Promise<void> {
    const lines = withoutEmptyLines(given);
    if (lines.length === 0) return;
    const { stream } = await reach(() =>
      client.exec({
        query: `INSERT INTO ${table} FORMAT JSONEachRow`,
        values: Readable.from([lines], { objectMode: false }),
        clickhouse_settings: token === undefined ? {} : { insert_deduplicate: 1, insert_deduplication_token: token },
      }),
    );
    stream.resume();
    await new Promise<void>((done, fail) => stream.once("end", done).once("error", fail));
  }

  return {
    client,
    database,
    insertRaw,
    async query<T>(sql: string, params: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal): Promise<T[]> {
      const given = { query: sql, format: "JSONEachRow", query_params: readTimes(sql, params) } as const;
      const result = await reach(
        () => client.query({ ...given, ...(signal === undefined ? {} : { abort_signal: signal }) }),
        CUT_OFF,
      );
      return await result.json<T>();
    },
    async insert(table, rows, { token } = {}) {
      await insertRaw(table, rows.map((row) => `${JSON.stringify(row)}\n`).join(""), token);
    },
    async command(sql, params = {}) {
      await reach(() => client.command({ query: sql, query_params: readTimes(sql, params) }));
    },
    close: () => client.close(),
  };
}

/** An empty line ends the rows for chDB, and what follows would be taken for a statement. */
function withoutEmptyLines(lines: Buffer | string): Buffer | string {
  if (lines.at(0) !== NEWLINE && lines.at(0) !== "\n" && !lines.includes("\n\n")) return lines;
  return lines
    .toString()
    .replace(/^\n+/, "")
    .replace(/\n{2,}/g, "\n");
}

const NEWLINE = 10;

/** Sends every request to one unix socket, whatever the URL's host. */
function socketAgent(socketPath: string): Agent {
  const agent = new Agent({ keepAlive: true });
  agent.createConnection = () => connect(socketPath);
  return agent;
}

/** ClickHouse reads the time of a `{x:DateTime64(3)}` only without the closing Z. */
function readTimes(sql: string, params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const times = new Set([...sql.matchAll(/\{(\w+):\s*(?:Nullable\()?DateTime/g)].map((match) => match[1]));
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      times.has(name) && typeof value === "string" ? value.replace(/Z$/, "") : value,
    ]),
  );
}
