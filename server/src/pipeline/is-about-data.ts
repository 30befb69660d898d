import { isRetryable, sqlState } from "../platform/db.ts";

/** SQLSTATE classes that speak of the engine's state, not of what it was given. */
const ENGINE_CLASSES = new Set(["08", "25", "40", "53", "55", "57", "58", "F0", "XX"]);
const NETWORK =
  /^(ECONN|EPIPE|ENOENT|ETIMEDOUT|EAI_|ERR_SOCKET)|Connection terminated|timeout exceeded when trying to connect/;

/** Whether an error is the fault of the events at hand (also a bug of ours that they bring out), so that halving them helps. */
export function isAboutData(error: unknown): boolean {
  if (isRetryable(error)) return false;
  const state = sqlState(error);
  if (state !== undefined && /^[0-9A-Z]{5}$/.test(state)) return !ENGINE_CLASSES.has(state.slice(0, 2));
  const text = error instanceof Error ? `${state ?? ""} ${error.message}`.trim() : "";
  return !NETWORK.test(text);
}
