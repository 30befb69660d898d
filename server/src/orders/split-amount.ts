/** Splits an amount by weights so that the parts sum to it: the largest remainders get what rounding left. */
export function splitAmount(amount: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) return weights.map((_, i) => (i === 0 ? amount : 0));
  const exact = weights.map((weight) => [BigInt(amount) * BigInt(weight), BigInt(sum)] as const);
  const parts = exact.map(([over, under]) => Number(over / under));
  const left = amount - parts.reduce((total, part) => total + part, 0);
  const byRemainder = exact
    .map(([over, under], i) => ({ i, remainder: over % under }))
    .sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder < b.remainder ? 1 : -1));
  for (const { i } of byRemainder.slice(0, left)) parts[i] = (parts[i] ?? 0) + 1;
  return parts;
}

/**
 * What so many units of a line are worth after `before` of them were given back: all of them together are worth the
 * line's whole amount, whatever the steps.
 */
export function shareOf(amount: number, quantity: number, before: number, units: number): number {
  const upTo = (n: number) => Number((BigInt(amount) * BigInt(n)) / BigInt(quantity));
  return upTo(before + units) - upTo(before);
}
