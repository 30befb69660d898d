import type { Tx } from "../../platform/db.ts";
import { neededDeeds } from "../compile/event-bounds.ts";
import { decidePairs } from "../decide-pairs.ts";
import { factsFor } from "../facts-for.ts";
import { HeldStates } from "../held-states.ts";
import type { EventPredicate } from "../predicates/event-predicate.ts";
import { type FillRow, saveFill } from "../queries/fills.pg.ts";
import { shareDefinitions } from "../queries/lock-definitions.pg.ts";
import { lockNextPeople } from "../queries/lock-people.pg.ts";
import { comingRules } from "../queries/rules.pg.ts";
import { type Registry, rulesBeingDecided } from "../registry.ts";
import type { FillDeps } from "./step-fill.ts";

/** Decides the next `limit` people for the rules that are coming, beside running batches. */
export async function decideNext(tx: Tx, deps: FillDeps, fill: FillRow, limit: number): Promise<void> {
  shareDefinitions(tx);
  const registry = await deps.registry.current(tx);
  const coming = rulesBeingDecided(registry);
  const now = deps.clock.now();
  const decided = new Set(coming.map(({ id }) => id));
  const needed = (await comingRules(tx))
    .filter(({ id }) => decided.has(id))
    .map(({ definition }) => neededDeeds(definition, now.epochMilliseconds));
  const ids = await lockNextPeople(tx, {
    after: fill.after_profile,
    limit,
    // Whoever did not do what it takes is no member, now and later, until a batch says otherwise.
    withStates: needed.some((deeds) => deeds.length === 0) ? null : needed.map((deeds) => idsOf(registry, deeds)),
  });
  const trees = coming.map(({ tree }) => tree);
  const pairs = ids.flatMap((profileId) => coming.map((rule) => ({ profileId, rule, historical: false })));
  const states = new HeldStates(deps.bounds);
  await decidePairs(tx, pairs, await factsFor(tx, deps.loadProfiles, trees, ids), states, now);
  // Rules that are not decided here may still depend on what is outdated for these.
  states.save(tx, registry.predicates, Number.NEGATIVE_INFINITY);
  const isLast = ids.length < limit;
  await saveFill(tx, {
    ...fill,
    phase: isLast ? "switching" : "deciding",
    after_profile: ids.at(-1) ?? fill.after_profile,
  });
}

function idsOf(registry: Registry, deeds: readonly (readonly EventPredicate[])[]): number[][] {
  return deeds.map((predicates) => predicates.flatMap(({ key }) => registry.filledKeys.get(key) ?? []));
}
