import { z } from "zod";

import { refuse } from "./errors.ts";
import { isUuid } from "./ids.ts";

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: z.string().max(500).optional(),
});
export type PageQuery = z.infer<typeof pageQuery>;

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** An opaque cursor made of the sort key of the last item. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** Reads a cursor of `length` parts; a forged or broken one is refused with the field's path. */
export function decodeCursor(cursor: string | undefined, length: number): (string | number)[] | null {
  if (cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (
      Array.isArray(key) &&
      key.length === length &&
      key.every((part) => typeof part === "string" || typeof part === "number")
    ) {
      return key;
    }
  } catch {
    // Falls through to the refusal below: it is not one of our cursors.
  }
  throw refuse("invalid_request", "The cursor is not one of ours.", [
    { path: "after", message: "take it from `next`" },
  ]);
}

/** The id that a cursor of one id goes on from. */
export function cursorId(cursor: string | undefined): string | null {
  const [id] = decodeCursor(cursor, 1) ?? [];
  return typeof id === "string" && isUuid(id) ? id : null;
}

/** Cuts a list read with `limit + 1` rows into a page. */
export function toPage<T>(rows: T[], limit: number, key: (item: T) => readonly (string | number)[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null };
}
