export type JsonObject = Readonly<Record<string, unknown>>;

/** What somebody has typed as a JSON object; null when it is none. */
export function readObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
