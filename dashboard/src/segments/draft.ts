import type { Condition } from "./segment-tree.ts";

/** What an address may say of a segment that is still to be written: `/segments/new?name=…&definition={…}`. */
export interface Draft {
  readonly name?: string | undefined;
  readonly definition?: string | undefined;
}

export function toDraft(name: string, definition: unknown): Draft {
  return { name, definition: JSON.stringify(definition) };
}

/** Null when the address says nothing, or nothing that can be read; the server judges the rest. */
export function readDraft({ definition }: Draft): Condition | null {
  if (definition === undefined) return null;
  try {
    const read: unknown = JSON.parse(definition);
    return typeof read === "object" && read !== null && !Array.isArray(read) ? (read as Condition) : null;
  } catch {
    return null;
  }
}
