import { isKeepable } from "../platform/json-text.ts";
import type { EventErrorCode } from "./errors.ts";

/** Escapes in JSON text that may stand for what PostgreSQL or ClickHouse refuse, or for a key we refuse. */
const SUSPICIOUS = /\\u0000|\\u[dD][89a-fA-F]|__proto__|\\u005[fF]/;

/** Whether the text of a body calls for a look at each of its strings and keys; nearly none does. */
export function isSuspicious(text: string): boolean {
  return SUSPICIOUS.test(text) || !isKeepable(text);
}

/** Ids are cleaned rather than refused. */
const CLEANED = new Set(["userId", "anonymousId", "previousId", "groupId", "messageId"]);

/** The first thing wrong with the texts and keys of a parsed event of bounded depth, else null. */
export function findBadText(value: unknown, cleaned: ReadonlySet<string> = CLEANED): EventErrorCode | null {
  if (typeof value === "string") return isKeepable(value) ? null : "invalid_characters";
  if (typeof value !== "object" || value === null) return null;
  for (const key of Object.keys(value)) {
    if (key === "__proto__") return "forbidden_key";
    if (cleaned.has(key) && !Array.isArray(value)) continue;
    const found = findBadText(key) ?? findBadText((value as Record<string, unknown>)[key], NONE);
    if (found) return found;
  }
  return null;
}

const NONE: ReadonlySet<string> = new Set();

/** Whether a value is nested deeper than `limit`; never itself goes deeper. */
export function isDeeper(value: unknown, limit: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (limit === 0) return true;
  for (const child of Array.isArray(value) ? value : Object.values(value)) if (isDeeper(child, limit - 1)) return true;
  return false;
}
