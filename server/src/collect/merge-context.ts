import { isJsonObject, type Json, type JsonObject } from "../platform/json.ts";

/** What stands once at the head of a batch, under what the event itself says; null says nothing. Depth is bounded. */
export function mergeUnder(shared: JsonObject, own: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...shared };
  for (const [key, value] of Object.entries(own)) {
    const below = shared[key];
    if (value === null && below !== undefined) continue;
    merged[key] = isJsonObject(value) && isJsonObject(below) ? mergeUnder(below, value) : value;
  }
  return merged;
}
