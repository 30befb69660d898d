import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { Condition } from "../contracts.ts";
import { resolveDefinition, segmentsIn } from "../parse-definition.ts";
import { compileTree } from "../predicates/tree.ts";
import { type FillRow, removeFill, saveFill } from "../queries/fills.pg.ts";
import { bumpVersion } from "../queries/load-registry.pg.ts";
import { holdDefinitions } from "../queries/lock-definitions.pg.ts";
import { clearStates, registerPredicates } from "../queries/predicates.pg.ts";
import { comingRules, insertRule, removeRules } from "../queries/rules.pg.ts";
import { loadDefinitions, type SegmentRow } from "../queries/segments.pg.ts";
import { eventPredicatesOf } from "../registry.ts";

/** Writes the new rules of a segment, and of those that contain it, and marks the point from which batches fold for them. */
export async function beginFill(
  tx: Tx,
  deps: { readonly clock: Clock; readonly watermark: (tx: Tx) => Promise<number> },
  fill: FillRow,
): Promise<void> {
  await holdDefinitions(tx);
  const segments = new Map((await loadDefinitions(tx)).map((row) => [row.id, row]));
  const segment = segments.get(fill.segment_id);
  if (!segment) return await removeFill(tx, fill.id);
  // What a fill that was given up has left behind.
  await removeRules(
    tx,
    (await comingRules(tx)).map((rule) => rule.id),
  );
  const now = deps.clock.now().toString();
  const rules = [segment, ...containing(segment.id, segments)].map((row) => ({
    id: newId(deps.clock),
    segmentId: row.id,
    definition: resolveDefinition(row.definition, (id) => definitionOf(segments, id)),
  }));
  const keys = rules.flatMap((rule) =>
    eventPredicatesOf(compileTree(rule.definition)).map((predicate) => predicate.key),
  );
  const unfilled = await registerPredicates(tx, [...new Set(keys)]);
  await clearStates(
    tx,
    unfilled.map((row) => row.id),
  );
  const phase = unfilled.length > 0 ? "filling" : "deciding";
  for (const rule of rules) await insertRule(tx, { ...rule, state: phase, now });
  await bumpVersion(tx);
  await saveFill(tx, { ...fill, phase, watermark: await deps.watermark(tx) });
}

function definitionOf(segments: ReadonlyMap<string, SegmentRow>, id: string): Condition {
  const found = segments.get(id);
  if (!found) throw new TypeError(`segment ${id} is referred to, so it cannot be gone`);
  return found.definition;
}

/** Live segments whose meaning changes with this one's, however deep it stands in them. */
function containing(id: string, segments: ReadonlyMap<string, SegmentRow>): SegmentRow[] {
  const found = new Map<string, SegmentRow>();
  const look = (inner: string): void => {
    for (const row of segments.values()) {
      if (found.has(row.id) || row.id === id || row.rule_id === null || !segmentsIn(row.definition).includes(inner))
        continue;
      found.set(row.id, row);
      look(row.id);
    }
  };
  look(id);
  return [...found.values()];
}
