import type { Cause } from "./contracts.ts";
import { REASON_TEXTS } from "./own-reasons.ts";
import type { LevelRow } from "./queries/lock-levels.pg.ts";
import { loadCounts, loadFacts } from "./queries/on-hand-facts.pg.ts";
import type { Deltas, MovementKind } from "./queries/write-movements.pg.ts";
import { type CountFact, type Fact, replay } from "./replay.ts";
import { levelAt, move, type StockBook } from "./stock-book.ts";

export interface LateMovement {
  readonly kind: MovementKind;
  readonly deltas: Partial<Deltas> & Pick<Deltas, "on_hand">;
  readonly cause: Cause;
  readonly happenedAt: string;
  readonly reason?: string | null;
}

/**
 * Books what happened earlier than now and brings "on hand" to what it is when everything known is put in the order in
 * which it happened. A sale before the last count changes nothing: what it took was missing when they counted. Answers
 * with how many more had to be found for it. Call it once per level and book: it reads what is written already.
 */
export async function settleInTime(
  book: StockBook,
  level: LevelRow,
  late: readonly LateMovement[],
  counted: (CountFact & { readonly cause: Cause }) | null = null,
): Promise<number> {
  const known = await loadCounts(book.tx, level.variant_id, level.location_id);
  const counts = counted ? [...known, counted] : known;
  const newest = counts.reduce<string | null>(
    (last, { counted_at }) => (last === null || counted_at > last ? counted_at : last),
    null,
  );
  const facts = await loadFacts(book.tx, level.variant_id, level.location_id, newest);
  const lateFacts: Fact[] = late.map((m) => ({ on_hand: m.deltas.on_hand, happened_at: m.happenedAt }));
  const before = replay(counts, facts);
  const after = replay(counts, [...facts, ...lateFacts]);
  const sum = late.reduce((total, m) => total + m.deltas.on_hand, level.on_hand);
  // Raised before it is lowered: no counter may pass through less than nothing.
  const correction = after.onHand - sum;
  const cause = counted?.cause ?? late[0]?.cause;
  const reason = counted ? REASON_TEXTS.counted : REASON_TEXTS.in_time;
  const recount = () => {
    if (correction === 0 || !cause) return;
    const now = levelAt(book, level.variant_id, level.location_id);
    move(book, now, "recount", { on_hand: correction }, cause, { reason });
  };
  if (correction > 0) recount();
  for (const { kind, deltas, cause: why, happenedAt, reason: said } of late) {
    const now = levelAt(book, level.variant_id, level.location_id);
    move(book, now, kind, deltas, why, { happenedAt, reason: said ?? null });
  }
  if (correction <= 0) recount();
  return after.found - before.found;
}
