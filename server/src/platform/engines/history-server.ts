import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import { AnswerAborted, type ChdbEngine, type Statement } from "./chdb-engine.ts";

const unzip = promisify(gunzip);

/** Parameters of ClickHouse's HTTP interface that are no settings of the engine. */
const NOT_SETTINGS = new Set([
  "query",
  "database",
  "default_format",
  "query_id",
  "session_id",
  "session_timeout",
  "session_check",
  "user",
  "password",
  "role",
  "quota_key",
  "compress",
  "decompress",
  "wait_end_of_query",
  "buffer_size",
  "send_progress_in_http_headers",
  "http_response_buffer_size",
  "http_headers_progress_interval_ms",
  "http_send_progress_interval_ms",
  "enable_http_compression",
  "http_zlib_compression_level",
  "http_response_compression_method",
  "http_native_compression_disable_checksumming_on_decompress",
]);

/** ClickHouse's codes that are not the server's fault, as its own HTTP handler maps them; everything else is 500. */
const STATUS: Readonly<Record<number, number>> = { 60: 404, 46: 404, 47: 404, 81: 404, 62: 400, 27: 400, 241: 500 };

/** Speaks ClickHouse's HTTP interface, as far as `@clickhouse/client` uses it, for one chDB. */
export function createHistoryServer(engine: ChdbEngine): Server {
  const server = createServer((request, response) => {
    void answer(engine, request, response);
  });
  // Longer than any client of ours keeps an idle connection, so that none is cut while it is picked up again.
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  return server;
}

async function answer(engine: ChdbEngine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? "/", "http://history");
    if (url.pathname === "/ping") {
      response.end("Ok.\n");
      return;
    }
    const statement = { ...(await readStatement(request, url.searchParams)), isWanted: () => !response.destroyed };
    response.setHeader("x-clickhouse-query-id", url.searchParams.get("query_id") ?? randomUUID());
    response.setHeader("x-clickhouse-format", statement.format);
    response.setHeader("x-clickhouse-timezone", "UTC");
    response.setHeader("content-type", "text/plain; charset=UTF-8");
    const written = await engine.run(statement, (chunk) => send(response, chunk));
    if (!response.headersSent) response.setHeader("x-clickhouse-summary", summary(written.rows, written.bytes));
    response.end();
  } catch (error) {
    refuse(response, error);
  }
}

async function readStatement(request: IncomingMessage, query: URLSearchParams): Promise<Omit<Statement, "isWanted">> {
  const [fields, body] = await readFields(request, await readBody(request));
  const params: Record<string, string> = {};
  const settings: Record<string, string> = {};
  for (const [name, value] of [...query, ...fields]) {
    if (name.startsWith("param_")) params[name.slice("param_".length)] = value;
    else if (!NOT_SETTINGS.has(name)) settings[name] = value;
  }
  const inUrl = query.get("query") ?? fields.get("query") ?? null;
  const isInsert = inUrl !== null && /^\s*insert\b/i.test(inUrl) && body.length > 0;
  return {
    sql: inUrl === null ? body.toString() : isInsert ? inUrl : `${inUrl}${body.toString()}`,
    data: isInsert ? body : undefined,
    format: query.get("default_format") ?? "TabSeparated",
    database: query.get("database") ?? "default",
    params,
    settings,
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return request.headers["content-encoding"] === "gzip" ? await unzip(body) : body;
}

/** Parameters too long for a URL come as the fields of a form, with the statement among them. */
async function readFields(request: IncomingMessage, body: Buffer): Promise<[Map<string, string>, Buffer]> {
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return [new Map(), body];
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
  const fields = [...form].map(([name, value]): [string, string] => [name, String(value)]);
  return [new Map(fields), Buffer.alloc(0)];
}

async function send(response: ServerResponse, chunk: Uint8Array): Promise<void> {
  if (response.destroyed) throw new AnswerAborted("the client went away");
  if (!response.write(chunk)) {
    await Promise.race([once(response, "drain"), once(response, "close")]);
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  if (response.headersSent || response.destroyed) {
    // A client must not take half an answer for a whole one.
    response.destroy();
    return;
  }
  const code = /^Code: (\d+)/.exec(message)?.[1] ?? "1002";
  response.statusCode = STATUS[Number(code)] ?? 500;
  response.setHeader("x-clickhouse-exception-code", code);
  response.end(
    /^Code: /.test(message) ? `${message}\n` : `Code: ${code}. DB::Exception: ${message}. (UNKNOWN_EXCEPTION)\n`,
  );
}

function summary(rows: number, bytes: number): string {
  return JSON.stringify({
    read_rows: String(rows),
    read_bytes: String(bytes),
    written_rows: String(rows),
    written_bytes: String(bytes),
    total_rows_to_read: "0",
    result_rows: String(rows),
    result_bytes: String(bytes),
    elapsed_ns: "0",
  });
}
