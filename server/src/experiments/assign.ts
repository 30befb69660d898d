import { hash } from "node:crypto";

/**
 * A number in [0, 1) that is the same for the same words for ever, on every node: the first 48 bits of SHA-256 over
 * the parts, each with its length, so that `("a", "bc")` and `("ab", "c")` are two things.
 */
export function chanceOf(...parts: readonly string[]): number {
  const text = parts.map((part) => `${part.length}:${part}`).join(" ");
  return Number.parseInt(hash("sha256", text, "hex").slice(0, 12), 16) / 2 ** 48;
}

export interface Share {
  readonly id: string;
  /** Any unit; what counts is each one's part of the sum. */
  readonly weight: number;
}

/** The arm of somebody in an experiment; null when no arm has any weight. */
export function assign(experiment: string, person: string, arms: readonly Share[]): string | null {
  const sum = arms.reduce((total, { weight }) => total + Math.max(0, weight), 0);
  if (sum <= 0) return null;
  let left = chanceOf("experiment", experiment, person) * sum;
  for (const { id, weight } of arms) {
    left -= Math.max(0, weight);
    if (left < 0) return id;
  }
  return arms.findLast(({ weight }) => weight > 0)?.id ?? null;
}

/**
 * Whether somebody is held out of a journey (its id) or of all marketing (`global`). Who is held out of one thing is
 * independent of who is held out of another, and of every experiment's arms; a larger share keeps those of a smaller.
 */
export function isHeldOut(scope: string, person: string, share: number): boolean {
  return chanceOf("holdout", scope, person) < share;
}
