import type { FastifyBaseLogger } from "fastify";
import { pino } from "pino";

/** Structured lines without personal data. `error` means: wake somebody. */
export type Log = FastifyBaseLogger;

export function createLog(part: string, level = "info"): Log {
  return pino({ name: `kilim-${part}`, level, redact: ["req.headers.authorization", "req.headers.cookie"] });
}
