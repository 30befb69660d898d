import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import { neededDeeds } from "../compile/event-bounds.ts";
import { askedByAll, type LeafPart, leafParts, normaliseState } from "../compile/leaf-parts.ts";
import type { Grammar } from "../contracts.ts";
import { decidePairs } from "../decide-pairs.ts";
import { factsFor } from "../facts-for.ts";
import { HeldStates } from "../held-states.ts";
import type { EventPredicate } from "../predicates/event-predicate.ts";
import type { Bounds } from "../predicates/settle-series.ts";
import { BEFORE_ALL, countPeopleWith, type FilledRow, fillStates, nextChunk } from "../queries/fill-states.ch.ts";
import { type FillRow, nextFill, saveFill, tryFillLock } from "../queries/fills.pg.ts";
import { loadAliases } from "../queries/load-aliases.pg.ts";
import { bumpVersion, loadPredicates } from "../queries/load-registry.pg.ts";
import { holdDefinitions, shareDefinitions } from "../queries/lock-definitions.pg.ts";
import { lockNextPeople } from "../queries/lock-people.pg.ts";
import { markFilled } from "../queries/predicates.pg.ts";
import { comingRules, startDeciding } from "../queries/rules.pg.ts";
import { loadStates, type StateRow, saveStates } from "../queries/states.pg.ts";
import type { Registry, RegistryCache } from "../registry.ts";
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
  /** How many people are taken at one go; fewer in tests. */
  readonly atOnce?: typeof AT_ONCE;
  /** Whether History has every batch up to this id. */
  readonly isShipped: (db: Db, watermark: number) => Promise<boolean>;
}

/**
 * People whose states are read from History and written to State at one go (batches wait while they are written), and
 * people decided at one go (batches wait for these alone).
 */
const AT_ONCE = { chunk: 10_000, walk: 2_000 };

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
  const now = deps.clock.now().epochMilliseconds;
  const isUnfilled = (key: string) => unfilled.has(key);
  const asked = askedByAll(definitions, now, isUnfilled);
  const limit = (deps.atOnce ?? AT_ONCE).chunk;
  const chunks = fill.chunk > 0 ? fill.chunks : await countChunks(deps.history, asked, watermark, limit);
  const after = fill.after_profile ?? BEFORE_ALL;
  const { upTo, people } = await nextChunk(deps.history, asked, { watermark, after, limit });
  const parts = people === 0 ? [] : leafParts(definitions, now, isUnfilled);
  const filled: FilledRow[][] = [];
  for (const part of parts) filled.push(await fillStates(deps.history, part, { watermark, after, upTo }));
  // From here on no batch may fold: states are read, combined and written as one.
  await holdDefinitions(tx);
  for (const [index, part] of parts.entries()) await combineStates(tx, part, unfilled, filled[index] ?? []);
  const isLast = people < limit;
  if (isLast) {
    await markFilled(tx);
    await startDeciding(tx);
    await bumpVersion(tx);
  }
  const chunk = fill.chunk + 1;
  await saveFill(tx, {
    ...fill,
    phase: isLast ? "deciding" : "filling",
    chunk,
    chunks: Math.max(chunk, chunks),
    after_profile: isLast ? null : upTo,
  });
  return "worked";
}

async function countChunks(
  history: History,
  asked: Pick<LeafPart, "asked" | "params">,
  watermark: number,
  limit: number,
): Promise<number> {
  return Math.max(1, Math.ceil((await countPeopleWith(history, asked, watermark)) / limit));
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
  const now = deps.clock.now();
  const decided = new Set(coming.map(({ id }) => id));
  const needed = (await comingRules(tx))
    .filter(({ id }) => decided.has(id))
    .map(({ definition }) => neededDeeds(definition, now.epochMilliseconds));
  const limit = (deps.atOnce ?? AT_ONCE).walk;
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
