/** Readers of search parameters: what an address says, made safe; anything else is as if absent. */
export type Search = Record<string, unknown>;

export function readText(search: Search, key: string): string | undefined {
  const value = search[key];
  if (typeof value === "string" && value !== "") return value;
  return typeof value === "number" ? String(value) : undefined;
}

export function readCount(search: Search, key: string): number | undefined {
  const text = readText(search, key);
  return text && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

export function readChoice<T extends string>(search: Search, key: string, choices: readonly T[]): T | undefined {
  const value = readText(search, key);
  return choices.find((choice) => choice === value);
}

/** Every parameter of ours may be left out of a link. */
export function params<T extends object>(read: (search: Search) => T): (search: Search) => Partial<T> {
  return read;
}

/** Plain text in the address, `?q=42`, not the router's JSON (`?q=%2242%22`). */
export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Search): string {
  const pairs = Object.entries(search).flatMap(([key, value]) =>
    value === undefined || value === null || value === "" ? [] : [[key, String(value)] as [string, string]],
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs).toString()}`;
}
