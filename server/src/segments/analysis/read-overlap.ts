import { type Db, inTransaction } from "../../platform/db.ts";
import type { OverlapView } from "../contracts.ts";
import { countOverlap } from "../queries/overlap.pg.ts";
import { readSegment } from "../read-segments.ts";

/** Who is in which combination of some segments, the largest first; nobody is counted twice. */
export async function readOverlap(db: Db, ids: readonly string[]): Promise<OverlapView> {
  return await inTransaction(db, async (tx) => {
    const segments = [];
    for (const id of ids) segments.push(await readSegment(tx, id));
    const parts = await countOverlap(tx, ids);
    return {
      segments: segments.map(({ id, name, size, state }) => ({ id, name, size, state })),
      parts: parts.map(({ bits, people }) => ({ in: ids.filter((_, n) => (bits & (1 << n)) !== 0), people })),
    };
  });
}
