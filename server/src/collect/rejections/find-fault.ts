import { atPath, isJsonObject, type JsonObject } from "../../platform/json.ts";
import { isKeepable } from "../../platform/json-text.ts";
import type { EventErrorCode } from "../errors.ts";
import { limits } from "../limits.ts";
import { readMerged } from "../rudder-calls.ts";
import { excerptOf } from "./excerpt.ts";

export interface Fault {
  /** Dotted path of what is wrong. */
  readonly field: string | null;
  /** JSON of what was there, cut. */
  readonly value: string | null;
}

const VALUE_CHARACTERS = 160;
const IDS = ["userId", "anonymousId", "previousId", "groupId"] as const;
const NONE: Fault = { field: null, value: null };

/** Which part of a refused event it was refused for. Looked for only in the few that are kept. */
export function findFault(code: EventErrorCode | (string & {}), raw: unknown): Fault {
  if (!isJsonObject(raw)) return { field: null, value: show(raw) };
  switch (code) {
    case "invalid_type":
      return at(raw, "type");
    case "no_user_anon_id":
      return at(raw, "userId");
    case "no_previous_id":
      return at(raw, "previousId");
    case "no_event_name":
      return at(raw, "event");
    case "invalid_message_id":
      return at(raw, "messageId");
    case "invalid_id":
      return at(raw, IDS.find((name) => isNoId(raw[name])) ?? "userId");
    case "invalid_timestamp":
      return at(raw, isNoTime(raw.originalTimestamp) ? "originalTimestamp" : "timestamp");
    case "invalid_properties":
      return at(raw, (["properties", "traits", "context"] as const).find((name) => isNoMap(raw[name])) ?? noMap(raw));
    case "event_too_large":
      return largest(raw);
    case "invalid_characters":
      return walk(raw, (text) => !isKeepable(text)) ?? NONE;
    case "forbidden_key":
      return walk(raw, () => false, "__proto__") ?? { field: "__proto__", value: null };
    case "too_deep":
      return deepest(raw);
    default:
      return NONE;
  }
}

function noMap(raw: JsonObject): string {
  return readMerged(raw.mergeProperties) === null ? "mergeProperties" : "properties";
}

/** The part of an event that a dotted path names; one inside a list has no value of its own. */
export function faultAt(raw: JsonObject, field: string): Fault {
  const value = atPath(raw, field);
  return { field, value: value === undefined ? null : show(value) };
}

function at(raw: JsonObject, field: string): Fault {
  return { field, value: Object.hasOwn(raw, field) ? show(raw[field]) : null };
}

function show(value: unknown): string {
  return excerptOf(value, VALUE_CHARACTERS).text;
}

function isNoId(value: unknown): boolean {
  if (value === undefined || value === null || typeof value === "number") return false;
  return typeof value !== "string" || value.length > limits.idLength;
}

function isNoTime(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && Number.isNaN(Date.parse(String(value)));
}

function isNoMap(value: unknown): boolean {
  return value !== undefined && value !== null && (!isJsonObject(value) || Object.keys(value).length > limits.keys);
}

/** The part of the event, at most two names deep, that takes most room. */
function largest(raw: JsonObject): Fault {
  const outer = biggest(raw);
  const inside = isJsonObject(outer.value) ? biggest(outer.value) : null;
  return inside?.name
    ? { field: `${outer.name}.${inside.name}`, value: show(inside.value) }
    : { field: outer.name || null, value: show(outer.value) };
}

function biggest(object: JsonObject): { name: string; value: unknown } {
  let found = { name: "", value: undefined as unknown, size: -1 };
  for (const [name, value] of Object.entries(object)) {
    const size = JSON.stringify(value).length;
    if (size > found.size) found = { name, value, size };
  }
  return found;
}

/** The first text that is bad, or key that is forbidden, with its path; at most as deep as events may be. */
function walk(
  value: unknown,
  isBad: (text: string) => boolean,
  key?: string,
  path: readonly string[] = [],
): Fault | null {
  if (typeof value === "string") return isBad(value) ? { field: path.join("."), value: show(value) } : null;
  if (typeof value !== "object" || value === null || path.length > limits.depth) return null;
  for (const [name, child] of Object.entries(value)) {
    const here = [...path, name];
    if (name === key || isBad(name)) return { field: here.join("."), value: show(child) };
    const found = walk(child, isBad, key, here);
    if (found) return found;
  }
  return null;
}

/** The beginning of the path that goes too deep. */
function deepest(raw: JsonObject): Fault {
  const path: string[] = [];
  let here: unknown = raw;
  while (typeof here === "object" && here !== null && path.length < 4) {
    const next = Object.entries(here).find(([, child]) => isAtLeast(child, limits.depth - path.length));
    if (!next) break;
    path.push(next[0]);
    here = next[1];
  }
  return { field: path.length > 0 ? `${path.join(".")}.…` : null, value: null };
}

function isAtLeast(value: unknown, levels: number): boolean {
  if (levels <= 0) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((child) => isAtLeast(child, levels - 1));
}
