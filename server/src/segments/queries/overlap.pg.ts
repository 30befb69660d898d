import { list, one, rows, sql, type Tx } from "../../platform/db.ts";

/**
 * How many people are in each combination of some segments: bit n is the nth segment asked for. One pass over their
 * memberships (memberships_rule), grouped in memory: five segments of 500,000 would spill with the default.
 */
export async function countOverlap(
  tx: Tx,
  segmentIds: readonly string[],
): Promise<readonly { readonly bits: number; readonly people: number }[]> {
  await one(tx, sql`select set_config('work_mem', '192MB', true)`);
  return await rows(
    tx,
    sql<{ bits: number; people: number }>`
      select bits, count(*) as people from (
        select bit_or(1 << (asked.n::int4 - 1)) as bits
        from unnest(${list("uuid", segmentIds)}) with ordinality as asked (segment_id, n)
        join segments.segments on segments.id = asked.segment_id
        join segments.memberships on memberships.rule_id = segments.rule_id
        group by memberships.profile_id
      ) as people group by bits order by people desc, bits`,
  );
}
