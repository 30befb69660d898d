import { FIELDS, type ImportKind, PREFIXES } from "../contracts.ts";

/** A field as its parts: `consent:email:marketing` → prefix `consent`, path `["email", "marketing"]`. */
export interface FieldName {
  readonly name: string;
  readonly prefix: "trait" | "consent" | "property" | "product" | "context" | null;
  readonly path: readonly string[];
}

const MOST_LEVELS = 8;

/** Reads a field's name; null when a file of this kind has no such field. */
export function parseField(kind: ImportKind, field: string): FieldName | null {
  const fixed: readonly string[] = FIELDS[kind];
  if (fixed.includes(field)) return { name: field, prefix: null, path: [] };
  const colon = field.indexOf(":");
  const prefix = field.slice(0, colon) as NonNullable<FieldName["prefix"]>;
  const allowed: readonly string[] = PREFIXES[kind];
  if (colon < 1 || !allowed.includes(prefix)) return null;
  const path = field.slice(colon + 1).split(prefix === "consent" ? ":" : ".");
  const isUsable = path.every((part) => part.trim() !== "" && part !== "__proto__" && part.length <= 200);
  if (!isUsable || path.length > (prefix === "consent" ? 2 : MOST_LEVELS)) return null;
  return { name: field, prefix, path };
}
