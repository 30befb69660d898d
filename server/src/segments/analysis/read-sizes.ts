import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { SizesQuery, SizesView } from "../contracts.ts";
import { readSizes, sizeBefore } from "../queries/sizes.pg.ts";
import { readSegment } from "../read-segments.ts";

/** How large a segment was over time, at most one point per part of the time asked for, and how large it is now. */
export async function readSegmentSizes(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  id: string,
  query: SizesQuery,
): Promise<SizesView> {
  const segment = await readSegment(db, id);
  const now = clock.now();
  const until = now.toString({ smallestUnit: "millisecond" });
  const from = now.subtract({ hours: 24 * query.days }).toString({ smallestUnit: "millisecond" });
  const before = await sizeBefore(db, id, from);
  const samples = await readSizes(db, id, { from, until, points: query.points });
  return {
    from,
    until,
    // What it was when the time asked for began, if it was there already.
    items: [...(before ? [{ at: from, size: before.size }] : []), ...samples, { at: until, size: segment.size }],
  };
}
