import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import { type LeafPart, normaliseState } from "../compile/leaf-parts.ts";
import type { Grammar } from "../contracts.ts";
import type { Bounds } from "../predicates/settle-series.ts";
import type { FilledRow } from "../queries/fill-states.ch.ts";
import { type FillRow, nextFill, saveFill, tryFillLock } from "../queries/fills.pg.ts";
import { loadAliases } from "../queries/load-aliases.pg.ts";
import { bumpVersion, loadPredicates } from "../queries/load-registry.pg.ts";
import { holdDefinitions } from "../queries/lock-definitions.pg.ts";
import { lockPeople } from "../queries/lock-people.pg.ts";
import { markFilled } from "../queries/predicates.pg.ts";
import { startDeciding } from "../queries/rules.pg.ts";
import { loadStates, type StateRow, saveStates } from "../queries/states.pg.ts";
import type { RegistryCache } from "../registry.ts";
import type { LoadProfiles } from "../take-due.ts";
import { beginFill } from "./begin-fill.ts";
import { type ChunkReader, nameOf, type ReadChunk } from "./chunk-reader.ts";
import { decideNext } from "./decide-next.ts";
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
 * One resumable step of bringing a definition to life:
 * queued → its predicates are registered, from now on batches fold them; what came before is marked by the watermark;
 * filling → states of everything up to the watermark are read from History, chunk by chunk, and combined with those;
 * deciding → everybody is decided, beside running batches, which keep the decided up to date;
 * switching → the segment points to the new rule, at one instant.
 */
export async function stepFill(deps: FillDeps, chunks: ChunkReader): Promise<StepResult> {
  const read = await chunks.take();
  const result = await inTransaction(deps.db, async (tx) => {
    if (!(await tryFillLock(tx))) return "waiting";
    const fill = await nextFill(tx);
    if (!fill) return "idle";
    switch (fill.phase) {
      case "queued":
        await beginFill(tx, deps, fill);
        return "worked";
      case "filling": {
        if (read?.name !== nameOf(fill)) return fill;
        const next = afterChunk(fill, read);
        if (!read.isLast) chunks.read(next, peopleAtOnce(deps).chunk);
        await writeChunk(tx, next, read);
        return "worked";
      }
      case "deciding":
        await decideNext(tx, deps, fill, peopleAtOnce(deps).walk);
        return "worked";
      case "switching":
        return await switchRules(tx, deps.clock, fill);
    }
  });
  if (typeof result === "string" || "segmentIds" in result) return result;
  if (!(await deps.isShipped(deps.db, result.watermark ?? 0))) return "waiting";
  chunks.read(result, peopleAtOnce(deps).chunk);
  return "worked";
}

function peopleAtOnce(deps: FillDeps): typeof AT_ONCE {
  return deps.atOnce ?? AT_ONCE;
}

function afterChunk(fill: FillRow, read: ReadChunk): FillRow {
  const chunk = fill.chunk + 1;
  return {
    ...fill,
    phase: read.isLast ? "deciding" : "filling",
    chunk,
    chunks: Math.max(chunk, read.chunks),
    after_profile: read.isLast ? null : read.upTo,
  };
}

async function writeChunk(tx: Tx, next: FillRow, read: ReadChunk): Promise<void> {
  const unfilled = new Map((await loadPredicates(tx)).filter((row) => !row.filled).map((row) => [row.key, row.id]));
  // From here on no batch may fold: states are read, combined and written as one.
  await holdDefinitions(tx);
  for (const { part, filled } of read.parts) await combineStates(tx, part, unfilled, filled);
  if (read.isLast) {
    await markFilled(tx);
    await startDeciding(tx);
    await bumpVersion(tx);
  }
  await saveFill(tx, next);
}

async function combineStates(
  tx: Tx,
  part: LeafPart,
  idOf: ReadonlyMap<string, number>,
  filled: readonly FilledRow[],
): Promise<void> {
  const ids = filled.map((row) => row.profile_id);
  const survivorOf = await loadAliases(tx, ids);
  // Whoever was erased since this was read is nobody any more, and nobody is erased while it is written.
  const known = await lockPeople(tx, [...new Set(ids.map((id) => survivorOf.get(id) ?? id))]);
  const living = filled.filter((row) => known.has(survivorOf.get(row.profile_id) ?? row.profile_id));
  const fresh = living.flatMap((row) =>
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
