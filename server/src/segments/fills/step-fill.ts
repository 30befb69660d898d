import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import { type LeafPart, leafParts, normaliseState } from "../compile/leaf-parts.ts";
import type { Grammar } from "../contracts.ts";
import { decidePairs } from "../decide-pairs.ts";
import { HeldStates } from "../held-states.ts";
import type { Bounds } from "../predicates/settle-series.ts";
import { countPeopleWith, type FilledRow, fillStates } from "../queries/fill-states.ch.ts";
import { type FillRow, nextFill, saveFill, tryFillLock } from "../queries/fills.pg.ts";
import { loadAliases } from "../queries/load-aliases.pg.ts";
import { bumpVersion, loadPredicates } from "../queries/load-registry.pg.ts";
import { holdDefinitions, shareDefinitions } from "../queries/lock-definitions.pg.ts";
import { lockNextPeople } from "../queries/lock-people.pg.ts";
import { markFilled } from "../queries/predicates.pg.ts";
import { comingRules, startDeciding } from "../queries/rules.pg.ts";
import { loadStates, type StateRow, saveStates } from "../queries/states.pg.ts";
import type { RegistryCache } from "../registry.ts";
import type { LoadProfiles } from "../take-due.ts";
import { beginFill } from "./begin-fill.ts";
import { type Switched, switchRules } from "./switch-rules.ts";

export interface FillDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly registry: RegistryCache;
  readonly loadProfiles: LoadProfiles;
  readonly grammar: Grammar;
  /** The highest batch id there has ever been; asked while no batch is under way. */
  readonly watermark: (tx: Tx) => Promise<number>;
  /** How much of a person is kept in State; smaller in tests. */
  readonly bounds?: Bounds;
  /** Whether History has every batch up to this id. */
  readonly isShipped: (db: Db, watermark: number) => Promise<boolean>;
}

/** People whose states are read from History and written to State at one go; batches wait that long. */
const PEOPLE_PER_CHUNK = 10_000;
const PEOPLE_PER_WALK = 1_000;

export type StepResult = "worked" | "waiting" | "idle" | Switched;

/**
 * One resumable step of bringing a definition to life, in one transaction:
 * queued → its predicates are registered, from now on batches fold them; what came before is marked by the watermark;
 * filling → states of everything up to the watermark are read from History, chunk by chunk, and combined with those;
 * deciding → everybody is decided, beside running batches, which keep the decided up to date;
 * switching → the segment points to the new rule, at one instant.
 */
export async function stepFill(deps: FillDeps): Promise<StepResult> {
  return await inTransaction(deps.db, async (tx) => {
    if (!(await tryFillLock(tx))) return "waiting";
    const fill = await nextFill(tx);
    if (!fill) return "idle";
    switch (fill.phase) {
      case "queued":
        await beginFill(tx, deps, fill);
        return "worked";
      case "filling":
        return await fillChunk(tx, deps, fill);
      case "deciding":
        await decideNext(tx, deps, fill);
        return "worked";
      case "switching":
        return await switchRules(tx, deps.clock, fill);
    }
  });
}

async function fillChunk(tx: Tx, deps: FillDeps, fill: FillRow): Promise<"worked" | "waiting"> {
  const watermark = fill.watermark ?? 0;
  if (!(await deps.isShipped(tx, watermark))) return "waiting";
  const unfilled = new Map((await loadPredicates(tx)).filter((row) => !row.filled).map((row) => [row.key, row.id]));
  const definitions = (await comingRules(tx)).map((rule) => rule.definition);
  const parts = leafParts(definitions, deps.clock.now().epochMilliseconds, (key) => unfilled.has(key));
  const names = [...new Set(parts.flatMap((part) => part.names))];
  const chunks =
    fill.chunk > 0
      ? fill.chunks
      : Math.max(1, Math.ceil((await countPeopleWith(deps.history, names, watermark)) / PEOPLE_PER_CHUNK));
  const filled: FilledRow[][] = [];
  for (const part of parts) filled.push(await fillStates(deps.history, part, { watermark, chunk: fill.chunk, chunks }));
  // From here on no batch may fold: states are read, combined and written as one.
  await holdDefinitions(tx);
  for (const [index, part] of parts.entries()) await combineStates(tx, part, unfilled, filled[index] ?? []);
  const isLast = fill.chunk + 1 >= chunks;
  if (isLast) {
    await markFilled(tx);
    await startDeciding(tx);
    await bumpVersion(tx);
  }
  await saveFill(tx, { ...fill, phase: isLast ? "deciding" : "filling", chunk: fill.chunk + 1, chunks });
  return "worked";
}

async function combineStates(
  tx: Tx,
  part: LeafPart,
  idOf: ReadonlyMap<string, number>,
  filled: readonly FilledRow[],
): Promise<void> {
  const survivorOf = await loadAliases(
    tx,
    filled.map((row) => row.profile_id),
  );
  const fresh = filled.flatMap((row) =>
    part.leaves.flatMap(({ predicate }, index) => {
      const state = normaliseState(predicate, row.states[index] ?? null);
      const predicateId = idOf.get(predicate.key);
      if (state === null || predicateId === undefined) return [];
      return {
        profile_id: survivorOf.get(row.profile_id) ?? row.profile_id,
        predicate_id: predicateId,
        state,
        predicate,
      };
    }),
  );
  const kept = await loadStates(
    tx,
    fresh.map((row) => row.profile_id),
    fresh.map((row) => row.predicate_id),
  );
  const states = new Map<string, StateRow>(kept.map((row) => [`${row.profile_id} ${row.predicate_id}`, row]));
  for (const { predicate, ...row } of fresh) {
    const key = `${row.profile_id} ${row.predicate_id}`;
    const before = states.get(key);
    states.set(key, before ? { ...row, state: predicate.combine(before.state, row.state) } : row);
  }
  saveStates(tx, [...states.values()]);
}

async function decideNext(tx: Tx, deps: FillDeps, fill: FillRow): Promise<void> {
  shareDefinitions(tx);
  const registry = await deps.registry.current(tx);
  const coming = [...registry.rules.values()].filter((rule) => rule.state === "deciding");
  const ids = await lockNextPeople(tx, fill.after_profile, PEOPLE_PER_WALK);
  const pairs = ids.flatMap((profileId) => coming.map((rule) => ({ profileId, rule, historical: false })));
  const now = deps.clock.now();
  const states = new HeldStates(deps.bounds);
  await decidePairs(tx, pairs, await deps.loadProfiles(tx, ids), states, now);
  // Rules that are not decided here may still depend on what is outdated for these.
  states.save(tx, registry.predicates, Number.NEGATIVE_INFINITY);
  const isLast = ids.length < PEOPLE_PER_WALK;
  await saveFill(tx, {
    ...fill,
    phase: isLast ? "switching" : "deciding",
    after_profile: ids.at(-1) ?? fill.after_profile,
  });
}
