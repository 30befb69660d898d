import type { JsonObject } from "../platform/json.ts";

/** What to call a person on a screen: their name, else nothing; callers fall back to the address or "anonymous". */
export function displayName(traits: JsonObject): string | null {
  const full = text(traits.name);
  if (full) return full;
  const parts = [
    text(traits.first_name) ?? text(traits.firstName),
    text(traits.last_name) ?? text(traits.lastName),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(" ") : null;
}

export function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
