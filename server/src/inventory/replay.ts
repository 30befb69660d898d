/** Something that changed "on hand" at an instant. */
export interface Fact {
  readonly on_hand: number;
  readonly happened_at: string;
}

export interface CountFact {
  readonly counted: number;
  readonly counted_at: string;
}

/**
 * "On hand" as it must be when all that is known is put in the order in which it happened: a count says what lay there
 * at its instant, later facts go on from it, and goods that left when the books had none must have been there.
 * Returns also how many had to be found that way.
 */
export function replay(counts: readonly CountFact[], facts: readonly Fact[]): { onHand: number; found: number } {
  const last = counts.reduce<CountFact | null>(
    (newest, count) => (newest === null || count.counted_at >= newest.counted_at ? count : newest),
    null,
  );
  let onHand = last?.counted ?? 0;
  let found = 0;
  const after = facts
    .filter((fact) => last === null || fact.happened_at > last.counted_at)
    .toSorted((a, b) => (a.happened_at < b.happened_at ? -1 : a.happened_at > b.happened_at ? 1 : 0));
  for (const fact of after) {
    onHand += fact.on_hand;
    if (onHand < 0) {
      found -= onHand;
      onHand = 0;
    }
  }
  return { onHand, found };
}
