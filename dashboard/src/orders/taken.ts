import type { AnnouncedReturn, Returnable } from "./queries.ts";

export const CONDITIONS = ["sellable", "damaged", "check"] as const;
/** How many pieces of a line came, by the condition they are in. */
export type Counted = Readonly<Record<(typeof CONDITIONS)[number], number>>;
export const NONE: Counted = { sellable: 0, damaged: 0, check: 0 };

export function piecesOf(counted: Counted): number {
  return CONDITIONS.reduce((sum, condition) => sum + counted[condition], 0);
}

/** By position: what was announced and has not come yet, as good until somebody says otherwise. */
export function startingFrom(announced?: AnnouncedReturn): ReadonlyMap<number, Counted> {
  return new Map(
    announced?.lines.map(({ position, quantity, received }) => [position, { ...NONE, sellable: quantity - received }]),
  );
}

/** More of it came than is in time. An announcement that is itself too late makes nothing of its own in time. */
export function isLate(
  { is_over: isOver, in_time: inTime }: Returnable["items"][number],
  counted: Counted,
  announced?: AnnouncedReturn,
): boolean {
  return isOver && piecesOf(counted) > (announced?.is_over ? 0 : inTime);
}
