import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { compileTree } from "../predicates/tree.ts";
import { type FillRow, removeGroup } from "../queries/fills.pg.ts";
import { bumpVersion, loadRules } from "../queries/load-registry.pg.ts";
import { holdDefinitions } from "../queries/lock-definitions.pg.ts";
import { dropPredicatesExcept } from "../queries/predicates.pg.ts";
import { comingRules, noteSwitch, pointTo, removeRules } from "../queries/rules.pg.ts";
import { loadDefinitions } from "../queries/segments.pg.ts";
import { eventPredicatesOf } from "../registry.ts";

export interface Switched {
  readonly segmentIds: readonly string[];
  /** Predicates that nobody asks for any more; their states may be deleted. */
  readonly droppedPredicates: readonly number[];
}

/** Makes the decided rules the live ones. Only real changes of membership are told; a first fill tells none unless asked to. */
export async function switchRules(tx: Tx, clock: Clock, fill: FillRow): Promise<Switched> {
  await holdDefinitions(tx);
  const now = clock.now().toString();
  const segments = new Map((await loadDefinitions(tx)).map((row) => [row.id, row]));
  const coming = await comingRules(tx);
  for (const rule of coming) {
    const segment = segments.get(rule.segment_id);
    if (!segment) continue;
    const isTold = !segment.is_hidden && (segment.rule_id !== null || segment.enter_on_first_fill);
    if (isTold) await noteSwitch(tx, segment.id, segment.rule_id, rule.id, now);
    await pointTo(tx, segment.id, rule.id);
    if (segment.rule_id !== null) await removeRules(tx, [segment.rule_id]);
  }
  const droppedPredicates = await dropUnused(tx);
  await removeGroup(tx, fill.group_id);
  await bumpVersion(tx);
  return { segmentIds: coming.map((rule) => rule.segment_id), droppedPredicates };
}

/** Forgets predicates that stand in no rule any more. */
export async function dropUnused(tx: Tx): Promise<number[]> {
  const rules = await loadRules(tx);
  const keys = rules.flatMap((rule) =>
    eventPredicatesOf(compileTree(rule.definition)).map((predicate) => predicate.key),
  );
  return await dropPredicatesExcept(tx, [...new Set(keys)]);
}
