import { lodgedAmong } from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { createDueLoop, type DueLoop } from "../platform/due-loop.ts";
import type { History } from "../platform/history.ts";
import type { Log } from "../platform/log.ts";
import { dropOverrides, handOver, MERGES_PER_MUTATION, rewriteMerges } from "./queries/rewrite-events.ch.ts";
import {
  forgetHandovers,
  forgetRewrites,
  isAnythingToRewrite,
  markHandedOver,
  markRewritten,
  type Rewrite,
  readHandovers,
  readRewrites,
  readRewritten,
  shippedUpTo,
  whileAlone,
} from "./queries/rewrites.pg.ts";

export interface RewriterDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly log: Log;
  readonly rawDays: number;
}

/** A mutation reads two columns of every part it may touch: merges gather for it. */
const GATHER = { minutes: 10 } as const;
const MANY = 1_000;
/** No question to History takes as long as this. */
const LONGEST_QUESTION = { minutes: 10 } as const;

/** Writes merges and separations into History's rows, one process at a time. Every step may be done twice. */
export function createRewriter(deps: RewriterDeps): DueLoop & { work(): Promise<void> } {
  const { clock, log } = deps;
  const work = () => workOff(deps);
  const loop = createDueLoop({
    clock,
    work,
    nextDue: async () => null,
    // Nobody waits for it: every batch would wake it for nothing.
    onWake: () => () => {},
    onError: (error) => log.warn({ err: error }, "merges could not be written into History's rows; trying again"),
  });
  return { ...loop, work };
}

async function workOff(deps: RewriterDeps): Promise<void> {
  const { db, clock } = deps;
  const upTo = await shippedUpTo(db);
  const now = clock.now();
  const times = {
    shippedBefore: now.subtract(GATHER).toString(),
    rewrittenBefore: now.subtract(LONGEST_QUESTION).toString(),
  };
  if (!(await isAnythingToRewrite(db, upTo, times, MANY))) return;
  await whileAlone(db, async () => {
    await handOverAll(deps, upTo);
    await rewrite(deps, upTo, times.shippedBefore);
    await drop(deps, upTo, times.rewrittenBefore);
    await forgetHandovers(db, now.subtract({ hours: 24 * Math.max(1, deps.rawDays) }).toString());
  });
}

async function handOverAll({ db, history, clock }: RewriterDeps, upTo: number): Promise<void> {
  for (const handover of await readHandovers(db, upTo)) {
    await handOver(history, handover);
    await markHandedOver(db, handover.id, clock.now().toString());
  }
}

async function rewrite({ db, history, clock }: RewriterDeps, upTo: number, shippedBefore: string): Promise<void> {
  const waiting = await readRewrites(db, shippedBefore, MANY, MERGES_PER_MUTATION);
  // What came in under an old id before the merge has arrived once everything up to the merge has.
  const ready = waiting.filter((merge) => merge.version <= upTo);
  const lodged = await lodgedAmong(db, idsOf(ready));
  // Under the id of somebody who has, or is, a lodger the rows tell two people apart: they follow their override for good.
  const merges = ready.filter((merge) => merge.from_id !== merge.into_id && !lodged.has(merge.from_id));
  if (merges.length > 0) await rewriteMerges(history, merges);
  if (ready.length > 0) await markRewritten(db, ready, clock.now().toString());
}

async function drop({ db, history }: RewriterDeps, upTo: number, rewrittenBefore: string): Promise<void> {
  const settled = await readRewritten(db, rewrittenBefore, MERGES_PER_MUTATION);
  if (settled.length === 0) return;
  const lodged = await lodgedAmong(db, idsOf(settled));
  const told = idsOf(settled).filter((id) => !lodged.has(id));
  if (told.length > 0) await dropOverrides(history, told, upTo);
  await forgetRewrites(db, settled);
}

function idsOf(rewrites: readonly Rewrite[]): string[] {
  return rewrites.map((rewrite) => rewrite.from_id);
}
