import type { Held } from "./held.ts";
import type { Rules } from "./rules.ts";

interface Candidate {
  readonly id: string;
  readonly held: readonly Held[];
}

/**
 * Whose profile lives on: the one with the strongest identifier, then the one seen first, then the older. Whose events
 * arrived first decides only when even their times are the same.
 */
export function chooseSurvivor(rules: Rules, candidates: readonly Candidate[]): string {
  const ranked = candidates.map(({ id, held }) => {
    const strength = Math.min(...held.map(({ type }) => rules.ofType.get(type)?.priority ?? 99), 99);
    const seen = held.map(({ firstSeen }) => firstSeen).sort()[0] ?? "~";
    return { id, rank: `${String(strength).padStart(2, "0")} ${seen} ${id}` };
  });
  return ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1))[0]?.id as string;
}
