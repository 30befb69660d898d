import type { Received } from "./queries/announced-returns.pg.ts";

/** A return that its buyer has announced and of which something has not come yet. */
export interface Awaited {
  readonly id: string;
  /** Its time to arrive is not over: it was announced in time, so it comes in time. */
  readonly isInTime: boolean;
  readonly lines: readonly { readonly position: number; readonly quantity: number; readonly received: number }[];
}

export interface Matched {
  readonly received: readonly Received[];
  /** By position, how many of what came had been announced and came within the time for it. */
  readonly inTime: ReadonlyMap<number, number>;
}

/**
 * Which announcement what came belonged to: the one that is named, then those that are in time, then those that are not,
 * each time the oldest first. Every unit that was announced counts once.
 */
export function matchAnnounced(
  awaited: readonly Awaited[],
  came: ReadonlyMap<number, number>,
  namedId?: string,
): Matched {
  const rank = ({ id, isInTime }: Awaited) => (id === namedId ? 0 : isInTime ? 1 : 2);
  const left = new Map(came);
  const inTime = new Map<number, number>();
  const received: Received[] = [];
  for (const { id, isInTime, lines } of awaited.toSorted((a, b) => rank(a) - rank(b))) {
    for (const line of lines) {
      const { position } = line;
      const taken = Math.min(line.quantity - line.received, left.get(position) ?? 0);
      if (taken === 0) continue;
      left.set(position, (left.get(position) ?? 0) - taken);
      if (isInTime) inTime.set(position, (inTime.get(position) ?? 0) + taken);
      received.push({ announced_id: id, position, received: line.received + taken });
    }
  }
  return { received, inTime };
}

/** How many of a position have been announced and not come yet. */
export function awaitedAt(awaited: readonly Awaited[], position: number): number {
  return awaited
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => sum + (line.position === position ? line.quantity - line.received : 0), 0);
}
