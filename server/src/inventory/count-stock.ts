import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { CountBody, CountReport, Touched } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { openKnown } from "./open-known.ts";
import { addCounts, type CountRow, findCounted } from "./queries/counts.pg.ts";
import { loadCounts, loadFacts } from "./queries/on-hand-facts.pg.ts";
import { replay } from "./replay.ts";
import { settleInTime } from "./settle-in-time.ts";
import { closeBook, levelAt, openBook, type StockBook } from "./stock-book.ts";

/**
 * Takes a physical count. It says what lay there when it was counted, not what lies there now: sales that happened
 * after it count on top, also those that a till tells us later, and those before it are in it already.
 */
export function countStock(
  db: Db,
  clock: Clock,
  body: CountBody,
  actor: string,
): Promise<{ report: CountReport; touched: Touched[] }> {
  return inTransaction(db, async (tx) => {
    refuseTwice(body);
    await openKnown(
      tx,
      body.lines.map((line) => ({ ...line, location_id: body.location_id })),
      "lines",
    );
    const variantIds = body.lines.map((line) => line.variant_id);
    const book = await openBook(tx, clock, variantIds.toSorted());
    // Looked up behind the locks: a twin of this request has either not begun or is done.
    const known = await findCounted(tx, body.location_id, body.document, variantIds);
    const counts: CountRow[] = [];
    for (const line of body.lines) {
      if (!known.has(line.variant_id)) counts.push(await countLine(book, body, line, actor));
    }
    const touched = await closeBook(book);
    await addCounts(tx, counts);
    const byVariant = new Map([...known, ...counts.map((row) => [row.variant_id, row] as const)]);
    const items = body.lines.map(({ variant_id, counted }) => ({
      variant_id,
      counted,
      booked: byVariant.get(variant_id)?.booked ?? 0,
      on_hand: levelAt(book, variant_id, body.location_id).on_hand,
    }));
    return { report: { items }, touched };
  });
}

async function countLine(
  book: StockBook,
  body: CountBody,
  line: CountBody["lines"][number],
  actor: string,
): Promise<CountRow> {
  const level = levelAt(book, line.variant_id, body.location_id);
  const countedAt = earlier(line.counted_at, book.now);
  const before = (await loadCounts(book.tx, level.variant_id, level.location_id)).filter(
    (count) => count.counted_at <= countedAt,
  );
  const facts = await loadFacts(book.tx, level.variant_id, level.location_id, before.at(-1)?.counted_at ?? null);
  const { onHand: booked } = replay(
    before,
    facts.filter((fact) => fact.happened_at <= countedAt),
  );
  const cause = { type: "count", id: body.document, actor };
  await settleInTime(book, level, [], { counted: line.counted, counted_at: countedAt, cause });
  return {
    id: newId(book.clock),
    document: body.document,
    location_id: body.location_id,
    variant_id: line.variant_id,
    counted: line.counted,
    counted_at: countedAt,
    booked,
    at: book.now,
    actor,
  };
}

function refuseTwice({ lines }: CountBody): void {
  const first = new Map<string, number>();
  for (const [i, { variant_id }] of lines.entries()) {
    if (first.has(variant_id)) {
      throw refuse("counted_twice", undefined, [
        { path: `lines.${i}.variant_id`, message: `is counted in lines.${first.get(variant_id)} too` },
      ]);
    }
    first.set(variant_id, i);
  }
}

/** As text of the form that the database gives, so that instants compare as texts. Nothing happens after now. */
export function earlier(given: string | undefined, now: string): string {
  const at = Temporal.Instant.from(given ?? now);
  const isPast = Temporal.Instant.compare(at, Temporal.Instant.from(now)) < 0;
  return isPast ? at.toString({ smallestUnit: "millisecond" }) : now;
}
