import { evaluateTree, type Person, type Tree } from "./predicates/tree.ts";

export interface Flip {
  readonly at: number;
  readonly holds: boolean;
}

export interface Walk {
  readonly flips: Flip[];
  readonly due: number | null;
  /** At `due` the states at hand do not tell enough to go on. */
  readonly isBlocked: boolean;
}

/** More flips than this at one go are made in several sweeps. */
const MAX_FLIPS = 1_000;

/**
 * From what was known (`holds`, answer good until `due`) to what is true at `now`: the flips on the way, in order, each
 * at the moment it became true, and the next horizon. A horizon that has passed is where the walk begins, so a system
 * that slept through several flips makes them all.
 */
export function catchUp(
  tree: Tree,
  person: Person,
  holds: boolean,
  due: number | null,
  now: number,
  isBlockedAt: (at: number) => boolean = () => false,
): Walk {
  const flips: Flip[] = [];
  let at = due !== null && due <= now ? due : now;
  let current = holds;
  for (let step = 0; ; step++) {
    if (isBlockedAt(at)) return { flips, due: at, isBlocked: true };
    const verdict = evaluateTree(tree, person, at);
    if (verdict.holds !== current) flips.push({ at, holds: verdict.holds });
    current = verdict.holds;
    if (verdict.until === null || verdict.until > now || step >= MAX_FLIPS)
      return { flips, due: verdict.until, isBlocked: false };
    at = verdict.until;
  }
}
