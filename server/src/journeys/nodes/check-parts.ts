import type { FieldError } from "../../platform/errors.ts";
import { mistake } from "../graph/mistakes.ts";
import type { Checking } from "./node-kind.ts";

/** A segment that does not exist, as a mistake at `path`. */
export async function missingSegment(
  { db, deps }: Checking,
  segmentId: string | undefined,
  path: string,
): Promise<FieldError[]> {
  if (segmentId === undefined) return [];
  const known = await deps.segments.existing(db, [segmentId]);
  return known.has(segmentId) ? [] : [mistake("no_segment", path)];
}

export async function missingList(
  { db, deps }: Checking,
  listId: string | undefined,
  path: string,
): Promise<FieldError[]> {
  if (listId === undefined) return [];
  const known = await deps.segments.existingLists(db, [listId]);
  return known.has(listId) ? [] : [mistake("no_list", path)];
}
