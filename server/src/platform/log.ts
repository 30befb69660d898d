import type { FastifyBaseLogger } from "fastify";
import { type DestinationStream, pino } from "pino";

/** Structured lines without personal data. `error` means: wake somebody. */
export type Log = FastifyBaseLogger;

export function createLog(part: string, level = "info", stream?: DestinationStream): Log {
  const options = {
    name: `kilim-${part}`,
    level,
    redact: ["req.headers.authorization", "req.headers.cookie"],
    serializers: { err: tellError },
  };
  return stream ? pino(options, stream) : pino(options);
}

interface ToldError {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string;
  readonly cause?: ToldError;
}

function tellError(error: unknown): ToldError | unknown {
  if (!(error instanceof Error)) return error;
  const message = textOf(error);
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message,
    ...("code" in error ? { code: error.code } : {}),
    stack: [`${error.name}: ${message}`, ...frames].join("\n"),
    ...(error.cause === undefined ? {} : { cause: tellError(error.cause) as ToldError }),
  };
}

/**
 * What an engine says of its failure may quote the row it failed on. Of ClickHouse's only the name of the error is told,
 * PostgreSQL's is cut before the quotation; its detail and context are left out.
 */
function textOf(error: Error): string {
  if (error.constructor.name === "ClickHouseError") return "type" in error ? String(error.type) : "ClickHouse failed";
  if ("severity" in error) return error.message.split(/[:"'(]/, 1)[0]?.trim() ?? "";
  return error.message;
}
