import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import type { History } from "../../platform/history.ts";
import type { Grammar } from "../contracts.ts";
import type { Bounds } from "../predicates/settle-series.ts";
import { nextFill, tryFillLock } from "../queries/fills.pg.ts";
import type { RegistryCache } from "../registry.ts";
import type { LoadProfiles } from "../take-due.ts";
import { beginFill } from "./begin-fill.ts";
import { type ChunkReader, nameOf } from "./chunk-reader.ts";
import { decideNext } from "./decide-next.ts";
import { type Switched, switchRules } from "./switch-rules.ts";
import { writeSlice } from "./write-slice.ts";

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

/** People read from History by one statement, and people written or decided at one go: batches wait for these alone. */
const AT_ONCE = { chunk: 10_000, slice: 2_000 };

export function peopleAtOnce(deps: Pick<FillDeps, "atOnce">): typeof AT_ONCE {
  return deps.atOnce ?? AT_ONCE;
}

export type StepResult = "worked" | "waiting" | "idle" | Switched;

/**
 * One resumable step of bringing a definition to life:
 * queued → its predicates are registered, from now on batches fold them; what came before is marked by the watermark;
 * filling → states of everything up to the watermark are read from History and combined with those, some people after
 * others, who are decided with it where that is all it takes; running batches keep them up to date;
 * deciding → else everybody is decided once all states are there;
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
        return await beginFill(tx, deps, fill);
      case "filling":
        if (read?.name !== nameOf(fill)) return fill;
        await writeSlice(tx, deps, fill, read);
        return "worked";
      case "deciding":
        await decideNext(tx, deps, fill, peopleAtOnce(deps).slice);
        return "worked";
      case "switching":
        return await switchRules(tx, deps.clock, fill);
    }
  });
  if (typeof result === "string" || "segmentIds" in result) return result;
  if (!(await deps.isShipped(deps.db, result.watermark ?? 0))) return "waiting";
  chunks.read(result);
  return "worked";
}
