import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { checkReferences } from "./check-references.ts";
import type { Condition, Grammar } from "./contracts.ts";
import { addSegment } from "./create-segment.ts";
import { dropUnused } from "./fills/switch-rules.ts";
import { canonical } from "./predicates/canonical.ts";
import { queueFill, removeFillsOf } from "./queries/fills.pg.ts";
import { bumpVersion } from "./queries/load-registry.pg.ts";
import { holdDefinitions } from "./queries/lock-definitions.pg.ts";
import { removeRules, rulesOf } from "./queries/rules.pg.ts";
import { loadDefinitions, markArchived, updateSegmentRow } from "./queries/segments.pg.ts";

/**
 * Keeps the states of some conditions ready, so that `evaluate` answers them from State and at once. One set per owner
 * (a journey); an empty set gives them up. Nobody hears of it: it is no segment.
 */
export async function watchConditions(
  tx: Tx,
  { clock, grammar }: { readonly clock: Clock; readonly grammar: Grammar },
  owner: string,
  conditions: readonly Condition[],
): Promise<void> {
  const held = (await loadDefinitions(tx)).find((row) => row.is_hidden && row.name === owner);
  const definition: Condition = { any: conditions };
  if (held && conditions.length === 0) {
    await removeFillsOf(tx, held.id);
    await holdDefinitions(tx);
    await removeRules(tx, await rulesOf(tx, held.id));
    await markArchived(tx, held.id, clock.now().toString());
    await dropUnused(tx);
    await bumpVersion(tx);
    return;
  }
  if (conditions.length === 0 || (held && canonical(held.definition) === canonical(definition))) return;
  await checkReferences(tx, grammar, held?.id ?? null, definition);
  if (held) {
    await updateSegmentRow(tx, held.id, owner, definition, clock.now().toString());
    await queueFill(tx, held.id, clock.now().toString());
    return;
  }
  await addSegment(tx, clock, { id: newId(clock), name: owner, definition, enterOnFirstFill: false, isHidden: true });
}
