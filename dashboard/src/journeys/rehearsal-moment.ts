import type { RehearsedView } from "./wire.ts";

/** Where one stands in a rehearsal: after a number of decisions, or at a clock in UTC (`2026-03-01T09:00`). Neither: the end. */
export interface Position {
  readonly step?: number | undefined;
  readonly until?: string | undefined;
}

/** What is known at a position, and nothing of what comes after. */
export interface Moment {
  readonly reached: number;
  readonly of: number;
  readonly isEnd: boolean;
  /** null: nothing has happened yet, and no clock was chosen. */
  readonly clock: string | null;
  /** Where the last decision fell. */
  readonly node: string | null;
  readonly steps: RehearsedView["steps"];
  readonly would: RehearsedView["would"];
}

export function momentOf({ steps, would }: RehearsedView, { step, until }: Position): Moment {
  const chosen = until === undefined ? Number.NaN : Date.parse(`${until}Z`);
  const reached = Number.isNaN(chosen) ? within(step ?? steps.length, steps.length) : reachedBy(steps, chosen);
  const isEnd = reached === steps.length;
  const past = steps.slice(0, reached);
  const last = past.at(-1);
  return {
    reached,
    of: steps.length,
    isEnd,
    clock: Number.isNaN(chosen) ? (last?.at ?? null) : new Date(chosen).toISOString(),
    node: last?.node ?? null,
    steps: past,
    would: isEnd ? would : would.filter((one) => isPast(one, past)),
  };
}

/** The position so many decisions on or back; the end is said by saying nothing, so that a longer run ends at its own. */
export function moved({ reached, of }: Moment, by: number): Position {
  const step = within(reached + by, of);
  return step === of ? {} : { step };
}

function within(step: number, of: number): number {
  return Math.min(of, Math.max(1, step));
}

function reachedBy(steps: RehearsedView["steps"], clock: number): number {
  const first = steps.findIndex(({ at }) => Date.parse(at) > clock);
  return first === -1 ? steps.length : first;
}

/** Several decisions may fall into one instant: what one of them did is not told with those before it. */
function isPast({ at, node }: RehearsedView["would"][number], past: RehearsedView["steps"]): boolean {
  const last = past.at(-1);
  if (!last || Date.parse(at) > Date.parse(last.at)) return false;
  return Date.parse(at) < Date.parse(last.at) || past.some((step) => step.at === at && step.node === node);
}
