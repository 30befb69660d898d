import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import type { Grammar } from "./contracts.ts";
import { canonical } from "./predicates/canonical.ts";
import { queueFill } from "./queries/fills.pg.ts";
import { loadRules } from "./queries/load-registry.pg.ts";
import { loadDefinitions } from "./queries/segments.pg.ts";
import { createWriter } from "./write-out.ts";

/**
 * Queues a fill for each segment whose definition, written out now, is another than its rule says: a store has moved, a
 * boundary was drawn anew. As with an edit, the old rule stays in force until the new one takes its place at one instant.
 * Gives their ids.
 */
export async function refreshMeanings(
  tx: Tx,
  { clock, grammar }: { readonly clock: Clock; readonly grammar: Grammar },
): Promise<string[]> {
  const rows = await loadDefinitions(tx);
  const definitions = new Map(rows.map((row) => [row.id, row.definition]));
  const write = await createWriter(tx, grammar, [...definitions.values()], definitions);
  // The newest of each segment: while one fills, the rule it will have.
  const written = new Map((await loadRules(tx)).map((rule) => [rule.segment_id, rule.definition]));
  // One without a rule waits for its first fill, which writes it out when it begins.
  const changed = rows.filter(({ id, definition }) => {
    const before = written.get(id);
    return before !== undefined && canonical(before) !== canonical(write(definition));
  });
  for (const { id } of changed) await queueFill(tx, id, clock.now().toString());
  return changed.map(({ id }) => id);
}
