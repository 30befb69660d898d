import type { Json } from "./wire.ts";

/** The name to call a person by, from whatever of it is known; null for a visitor without one. */
export function nameOf(profile: { readonly traits: Readonly<Record<string, Json>> }): string | null {
  const text = (key: string) => {
    const value = profile.traits[key];
    return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
  };
  const parts = [text("first_name") ?? text("firstName"), text("last_name") ?? text("lastName")].filter(Boolean);
  return text("name") ?? (parts.length > 0 ? parts.join(" ") : null) ?? text("email");
}
