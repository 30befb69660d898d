/** Where each merged profile ends up: `a → b, b → c` gives a and b both in c. */
export function followMerges(merges: readonly { from: string; into: string }[]): Map<string, string> {
  const last = new Map<string, string>();
  for (const { from, into } of merges) {
    for (const [earlier, target] of last) if (target === from) last.set(earlier, into);
    last.set(from, into);
  }
  return last;
}
