import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import { refuse } from "./errors.ts";
import { dropUnused } from "./fills/switch-rules.ts";
import { segmentsIn } from "./parse-definition.ts";
import { removeFillsOf } from "./queries/fills.pg.ts";
import { bumpVersion } from "./queries/load-registry.pg.ts";
import { holdDefinitions } from "./queries/lock-definitions.pg.ts";
import { clearStates } from "./queries/predicates.pg.ts";
import { removeRules, rulesOf } from "./queries/rules.pg.ts";
import { findSegment, loadDefinitions, markArchived } from "./queries/segments.pg.ts";

/** Takes a segment away; its name is free again. Nobody "leaves": no exit events are written. */
export async function archiveSegment(deps: { db: Db; clock: Clock }, id: string): Promise<void> {
  const dropped = await inTransaction(deps.db, async (tx) => {
    if (!(await findSegment(tx, id))) throw refuse("segment_not_found");
    // First the fill's row, then the definitions: the same order as in a step of a fill.
    await removeFillsOf(tx, id);
    await holdDefinitions(tx);
    const users = (await loadDefinitions(tx)).filter((row) => segmentsIn(row.definition).includes(id));
    if (users.length > 0) throw refuse("segment_in_use", `Used by ${users.map((row) => `"${row.name}"`).join(", ")}.`);
    await removeRules(tx, await rulesOf(tx, id));
    await markArchived(tx, id, deps.clock.now().toString());
    await bumpVersion(tx);
    return await dropUnused(tx);
  });
  await clearStates(deps.db, dropped);
}
