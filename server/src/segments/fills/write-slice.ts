import type { Tx } from "../../platform/db.ts";
import { normaliseState } from "../compile/leaf-parts.ts";
import { decidePairs } from "../decide-pairs.ts";
import { factsFor } from "../facts-for.ts";
import { HeldStates } from "../held-states.ts";
import { type FillRow, saveFill } from "../queries/fills.pg.ts";
import { bumpVersion } from "../queries/load-registry.pg.ts";
import { holdDefinitions, shareDefinitions } from "../queries/lock-definitions.pg.ts";
import { markFilled } from "../queries/predicates.pg.ts";
import { comingRules, startDeciding } from "../queries/rules.pg.ts";
import { type KeptPredicate, type Registry, rulesBeingDecided } from "../registry.ts";
import { afterSlice, type Slice } from "./chunk-reader.ts";
import { lockLiving } from "./lock-living.ts";
import type { FillDeps } from "./step-fill.ts";

/**
 * Combines what History says of some people with what batches have folded of them since the fill began, and decides them
 * for the rules that ask nothing more. Beside running batches, which wait for these people alone.
 */
export async function writeSlice(tx: Tx, deps: FillDeps, fill: FillRow, slice: Slice): Promise<void> {
  if (slice.isLast) await holdDefinitions(tx);
  else shareDefinitions(tx);
  const ids = slice.read.map(({ row }) => row.person_id);
  const [registry, living] = await Promise.all([deps.registry.current(tx), lockLiving(tx, ids)]);
  const fresh = contributions(registry, slice, living);
  const people = [...new Set(living.values())];
  const rules = rulesBeingDecided(registry);
  const states = new HeldStates(deps.bounds);
  const asked = [...fresh.map(({ kept }) => kept), ...rules.flatMap(({ predicates }) => predicates)];
  await states.readAll(tx, people, [...new Set(asked.map(({ id }) => id))]);
  for (const { who, kept, state } of fresh) states.fold(who, kept, state);
  const pairs = people.flatMap((profileId) => rules.map((rule) => ({ profileId, rule, historical: false })));
  const trees = rules.map(({ tree }) => tree);
  await decidePairs(tx, pairs, await factsFor(tx, deps.loadProfiles, trees, people), states, deps.clock.now());
  // Rules that are not decided here may still depend on what is outdated for these.
  states.save(tx, registry.predicates, Number.NEGATIVE_INFINITY);
  await saveFill(tx, slice.isLast ? await afterLast(tx, fill) : afterSlice(fill, slice));
}

function contributions(registry: Registry, slice: Slice, living: ReadonlyMap<string, string>) {
  const byKey = new Map<string, KeptPredicate>();
  for (const kept of registry.predicates.values()) byKey.set(kept.predicate.key, kept);
  return slice.read.flatMap(({ part, row }) => {
    const who = living.get(row.person_id);
    if (who === undefined) return [];
    return part.leaves.flatMap(({ predicate }, index) => {
      const state = normaliseState(predicate, row.states[index] ?? null);
      const kept = byKey.get(predicate.key);
      return kept === undefined || state === null ? [] : [{ who, kept, state }];
    });
  });
}

/** Everybody who did anything of it has been decided, or all are still to be. */
async function afterLast(tx: Tx, fill: FillRow): Promise<FillRow> {
  const isDecided = (await comingRules(tx)).every(({ state }) => state === "deciding");
  await markFilled(tx);
  await startDeciding(tx);
  await bumpVersion(tx);
  return { ...fill, phase: isDecided ? "switching" : "deciding", after_profile: null };
}
