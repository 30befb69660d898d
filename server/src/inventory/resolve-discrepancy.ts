import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { Discrepancy } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { resolveOne } from "./queries/discrepancies.pg.ts";

/** Somebody has looked into it. What the books had wrong is put right by a count or a movement of its own. */
export async function resolveDiscrepancy(
  db: Db,
  clock: Clock,
  found: { readonly id: string; readonly resolution: string; readonly actor: string },
): Promise<Discrepancy> {
  const [resolved] = await resolveOne(db, { ...found, at: clock.now().toString() });
  if (!resolved) throw refuse("discrepancy_not_open");
  return resolved;
}
