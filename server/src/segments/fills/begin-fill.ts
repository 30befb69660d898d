import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { neededDeeds } from "../compile/event-bounds.ts";
import type { Condition, Grammar } from "../contracts.ts";
import { segmentsIn } from "../parse-definition.ts";
import { compileTree } from "../predicates/tree.ts";
import { type FillRow, groupQueued, saveFill } from "../queries/fills.pg.ts";
import { bumpVersion } from "../queries/load-registry.pg.ts";
import { holdDefinitions } from "../queries/lock-definitions.pg.ts";
import { dropUnfilled, registerPredicates } from "../queries/predicates.pg.ts";
import { comingRules, insertRule, removeRules } from "../queries/rules.pg.ts";
import { loadDefinitions } from "../queries/segments.pg.ts";
import { eventPredicatesOf } from "../registry.ts";
import { createWriter } from "../write-out.ts";
import type { Switched } from "./switch-rules.ts";

/**
 * Takes everything that waits for a fill together: writes the new rules of these segments, and of those that contain
 * them, and marks the point from which batches fold for them.
 */
export async function beginFill(
  tx: Tx,
  deps: {
    readonly clock: Clock;
    readonly grammar: Grammar;
    readonly watermark: (tx: Tx) => Promise<number>;
  },
  fill: FillRow,
): Promise<Switched> {
  await holdDefinitions(tx);
  const { groupId, segmentIds } = await groupQueued(tx);
  // Read after: one that was created a moment ago and stands in the group already must be among them.
  const segments = new Map((await loadDefinitions(tx)).map((row) => [row.id, row]));
  // What a fill that was given up has left behind.
  await removeRules(
    tx,
    (await comingRules(tx)).map((rule) => rule.id),
  );
  const now = deps.clock.now().toString();
  const changing = withContaining(segmentIds, segments);
  const write = await createWriter(
    tx,
    deps.grammar,
    changing.map((row) => row.definition),
    new Map([...segments].map(([id, row]) => [id, row.definition])),
  );
  const rules = changing.map((row) => ({
    id: newId(deps.clock),
    segmentId: row.id,
    definition: write(row.definition),
  }));
  const keys = rules.flatMap((rule) =>
    eventPredicatesOf(compileTree(rule.definition)).map((predicate) => predicate.key),
  );
  const droppedPredicates = await dropUnfilled(tx);
  const unfilled = await registerPredicates(tx, [...new Set(keys)]);
  const phase = unfilled.length > 0 ? "filling" : "deciding";
  const read = new Set(unfilled.map((row) => row.key));
  const visible = rules.filter((_, i) => !changing[i]?.is_hidden);
  const isAllRead = visible.every(({ definition }) => isOfThoseWhoDid(definition, read, deps.clock.now()));
  const state = isAllRead ? "deciding" : phase;
  for (const rule of rules) await insertRule(tx, { ...rule, state, now });
  await bumpVersion(tx);
  await saveFill(tx, { ...fill, group_id: groupId, phase, watermark: await deps.watermark(tx) });
  return { segmentIds: [], droppedPredicates };
}

/** Whether whoever may belong is met while these predicates are read: people are then decided on the way. */
function isOfThoseWhoDid(definition: Condition, read: ReadonlySet<string>, now: Temporal.Instant): boolean {
  return neededDeeds(definition, now.epochMilliseconds).some((deeds) => deeds.every(({ key }) => read.has(key)));
}

type Known = Awaited<ReturnType<typeof loadDefinitions>>[number];

/** These segments and the live ones whose meaning changes with theirs, however deep they stand in them. */
function withContaining(ids: readonly string[], segments: ReadonlyMap<string, Known>): Known[] {
  const found = new Map<string, Known>();
  const look = (id: string): void => {
    for (const row of segments.values()) {
      if (found.has(row.id) || row.rule_id === null || !segmentsIn(row.definition).includes(id)) continue;
      found.set(row.id, row);
      look(row.id);
    }
  };
  for (const id of ids) {
    const row = segments.get(id);
    if (row) found.set(id, row);
  }
  for (const id of ids) look(id);
  return [...found.values()];
}
