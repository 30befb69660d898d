import { inTransaction } from "../platform/db.ts";
import type { ReachDeps, Sum } from "./deps.ts";
import { SETTLES } from "./know-people.ts";
import { type Curve, type Met, WORTH } from "./learning/learnt.ts";
import { lockCurves, newestCurve, saveCurves } from "./queries/curves.pg.ts";

const EVERY = { hours: 1 };
const LOOKS_BACK = { hours: 24 * 90 };
/** Read from the index of the newest: a hundred million messages cost no more than these. */
const MOST_MESSAGES = 200_000;

/** When the curves are due; at once while there are none. */
export async function nextCurves({ db, clock }: ReachDeps): Promise<string> {
  const newest = await newestCurve(db);
  return newest === null ? clock.now().toString() : Temporal.Instant.from(newest).add(EVERY).toString();
}

/** Computes how people at large meet messages, when it is due and nobody else does. */
export async function computeCurves(deps: ReachDeps): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const now = deps.clock.now();
    const newest = await newestCurve(tx);
    const isFresh = newest !== null && Temporal.Instant.compare(Temporal.Instant.from(newest).add(EVERY), now) > 0;
    if (isFresh || !(await lockCurves(tx))) return;
    const sums = await deps.sumsOf(tx, {
      since: now.subtract(LOOKS_BACK).toString(),
      settledBefore: now.subtract(SETTLES).toString(),
      most: MOST_MESSAGES,
      zone: deps.timeZone,
    });
    await saveCurves(tx, toCurves(sums), now.toString());
  });
}

/** One curve of everybody, and one per language: people who speak one language live in one calendar. */
export function toCurves(sums: readonly Sum[]): Map<string, Curve> {
  const cells = new Map<string, { channels: Record<string, Met>; hours: Record<string, Met> }>();
  cells.set("", { channels: {}, hours: {} });
  for (const sum of sums) {
    for (const cell of new Set(["", sum.language])) {
      const curve = cells.get(cell) ?? { channels: {}, hours: {} };
      cells.set(cell, curve);
      const met = { sent: sum.sent, worth: worthOfSum(sum) };
      add(curve.channels, sum.channel, met);
      add(curve.hours, String(sum.hour), met);
    }
  }
  return cells;
}

function worthOfSum({ read, answered, bought }: Sum): number {
  return bought * WORTH.bought + answered * WORTH.answered + read * WORTH.read;
}

function add(into: Record<string, Met>, key: string, { sent, worth }: Met): void {
  const known = Object.hasOwn(into, key) ? into[key] : undefined;
  into[key] = { sent: (known?.sent ?? 0) + sent, worth: (known?.worth ?? 0) + worth };
}
