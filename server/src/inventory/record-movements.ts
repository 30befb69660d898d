import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import type { FieldError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { Cause, Movement, MovementsBody, Touched } from "./contracts.ts";
import { earlier } from "./count-stock.ts";
import { refuse } from "./errors.ts";
import { openKnown } from "./open-known.ts";
import { findReceipts } from "./queries/find-receipts.pg.ts";
import type { LevelRow } from "./queries/lock-levels.pg.ts";
import type { Deltas } from "./queries/write-movements.pg.ts";
import { type LateMovement, settleInTime } from "./settle-in-time.ts";
import { closeBook, levelAt, move, openBook, type StockBook } from "./stock-book.ts";

type Manual = MovementsBody["movements"][number];

const DELTAS: Readonly<Record<Manual["kind"], (m: Manual) => Partial<Deltas>>> = {
  receive: ({ quantity, expected }) => ({ on_hand: quantity, incoming: expected ? -quantity : 0 }),
  return: ({ quantity }) => ({ on_hand: quantity }),
  adjust: ({ quantity }) => ({ on_hand: quantity }),
  safety: ({ quantity }) => ({ safety: quantity }),
  damage: ({ quantity }) => ({ damaged: quantity }),
  check: ({ quantity }) => ({ quality_control: quantity }),
  fail_check: ({ quantity }) => ({ quality_control: -quantity, damaged: quantity }),
  write_off: ({ quantity }) => ({ on_hand: -quantity, damaged: -quantity }),
  expect: ({ quantity }) => ({ incoming: quantity }),
};

/** Books what people write by hand: deliveries, returns, corrections, damage, safety stock. All of it or nothing. */
export function recordMovements(
  db: Db,
  clock: Clock,
  body: MovementsBody,
  actor: string,
): Promise<{ touched: Touched[]; movements: Pick<Movement, "id" | "kind">[] }> {
  return inTransaction(db, async (tx) => {
    await openKnown(tx, body.movements, "movements");
    const book = await openBook(tx, clock, [...new Set(body.movements.map((m) => m.variant_id))].sort());
    const cause = { type: "document", id: body.document ?? newId(clock), actor };
    const at = earlier(body.happened_at, book.now);
    if (at < book.now) await moveLate(book, body, cause, at);
    else moveNow(book, body, cause);
    const touched = await closeBook(book);
    return { touched, movements: book.movements.map(({ id, kind }) => ({ id, kind })) };
  });
}

function moveNow(book: StockBook, { movements }: MovementsBody, cause: Cause): void {
  const wrong: FieldError[] = [];
  for (const [i, m] of movements.entries()) {
    const level = levelAt(book, m.variant_id, m.location_id);
    const deltas = DELTAS[m.kind](m);
    const low = belowZero(level, deltas);
    if (low) wrong.push({ path: `movements.${i}.quantity`, message: low });
    else move(book, level, m.kind, deltas, cause, { reason: m.reason ?? null });
  }
  if (wrong.length > 0) throw refuse("stock_below_zero", undefined, wrong);
}

/** Told later than it happened: goods that moved are put in their place in time, other counters are as they are now. */
async function moveLate(book: StockBook, body: MovementsBody, cause: Cause, happenedAt: string): Promise<void> {
  const received = await findReceipts(book.tx, cause);
  const late = new Map<LevelRow, LateMovement[]>();
  for (const m of body.movements) {
    if (m.kind === "receive" && received.has(`${m.variant_id} ${m.location_id}`)) continue;
    const level = levelAt(book, m.variant_id, m.location_id);
    const { on_hand = 0, ...deltas } = DELTAS[m.kind](m);
    if (on_hand === 0) throw refuse("not_late", undefined, [{ path: "happened_at", message: `${m.kind} is of now` }]);
    const movement = { kind: m.kind, deltas: { ...deltas, on_hand }, cause, happenedAt, reason: m.reason ?? null };
    late.set(level, [...(late.get(level) ?? []), movement]);
  }
  for (const [level, movements] of late) {
    const damaged = movements.reduce((sum, m) => sum + (m.deltas.damaged ?? 0), level.damaged);
    const incoming = movements.reduce((sum, m) => sum + (m.deltas.incoming ?? 0), level.incoming);
    const low = belowZero({ on_hand: 0, damaged, incoming }, {});
    if (low) throw refuse("stock_below_zero", undefined, [{ path: "movements", message: low }]);
    await settleInTime(book, level, movements);
  }
}

function belowZero(level: Partial<LevelRow>, deltas: Partial<Deltas>): string | null {
  for (const counter of ["on_hand", "safety", "damaged", "quality_control", "incoming"] as const) {
    const kept = level[counter] ?? 0;
    if (kept + (deltas[counter] ?? 0) < 0) return `${counter} is ${kept}`;
  }
  return null;
}
