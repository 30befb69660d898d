import { createHash } from "node:crypto";

/** A number from 0 to below 1 that is the same whenever it is asked for the same words, and evenly spread over people. */
export function chanceOf(...words: readonly string[]): number {
  return createHash("sha256").update(words.join("\u0000")).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** Which of these shares the chance falls into, by its place; shares need not add up to 100. */
export function pickShare(shares: readonly number[], chance: number): number {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let left = chance * whole;
  for (const [index, share] of shares.entries()) {
    left -= share;
    if (left < 0) return index;
  }
  return shares.findLastIndex((share) => share > 0);
}
