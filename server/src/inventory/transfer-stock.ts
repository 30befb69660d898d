import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../platform/db.ts";
import type { FieldError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { availableAt, sumLines } from "./arithmetic.ts";
import type { NewDiscrepancy, ReceiveBody, Touched, TransferBody } from "./contracts.ts";
import { discrepancyOf } from "./discrepancy-of.ts";
import { refuse } from "./errors.ts";
import { openKnown } from "./open-known.ts";
import { REASON_TEXTS } from "./own-reasons.ts";
import { addDiscrepancies } from "./queries/discrepancies.pg.ts";
import {
  endTransfer,
  insertTransfer,
  loadTransfer,
  loadTransferLines,
  noteReceived,
  type TransferLineRow,
  type TransferRow,
} from "./queries/transfers.pg.ts";
import { closeBook, levelAt, move, openBook, type StockBook } from "./stock-book.ts";

export interface Transferred {
  readonly id: string;
  readonly touched: Touched[];
}

/** Goods leave one place for another: off "on hand" here, "incoming" there. What is promised to others stays. */
export function sendTransfer(db: Db, clock: Clock, body: TransferBody, actor: string): Promise<Transferred> {
  return inTransaction(db, async (tx) => {
    for (const location_id of [body.from, body.to]) {
      await openKnown(
        tx,
        body.lines.map((line) => ({ ...line, location_id })),
        "lines",
      );
    }
    const lines = sumLines(body.lines.map((line) => ({ variantId: line.variant_id, quantity: line.quantity })));
    const book = await openBook(
      tx,
      clock,
      lines.map((line) => line.variantId),
    );
    const id = newId(clock);
    const cause = { type: "transfer", id, actor };
    const wrong: FieldError[] = [];
    for (const { variantId, quantity } of lines) {
      const from = levelAt(book, variantId, body.from);
      const i = body.lines.findIndex((line) => line.variant_id === variantId);
      if (availableAt(from) < quantity) {
        wrong.push({ path: `lines.${i}.quantity`, message: `${Math.max(0, availableAt(from))} can leave` });
        continue;
      }
      move(book, from, "transfer_out", { on_hand: -quantity }, cause);
      move(book, levelAt(book, variantId, body.to), "expect", { incoming: quantity }, cause);
    }
    if (wrong.length > 0) throw refuse("stock_below_zero", undefined, wrong);
    const transfer: TransferRow = {
      id,
      sent_from: body.from,
      sent_to: body.to,
      state: "in_transit",
      note: body.note ?? null,
      actor,
      sent_at: book.now,
      ended_at: null,
    };
    const rows = lines.map((l) => ({ transfer_id: id, variant_id: l.variantId, quantity: l.quantity, received: 0 }));
    await insertTransfer(tx, transfer, rows);
    return { id, touched: await closeBook(book) };
  });
}

/** What arrived is on hand. If that was all there will be, what is missing becomes a discrepancy. */
export function receiveTransfer(
  db: Db,
  clock: Clock,
  id: string,
  body: ReceiveBody,
  actor: string,
): Promise<Transferred> {
  return inTransaction(db, async (tx) => {
    const { book, transfer, open } = await openTransfer(tx, clock, id);
    const cause = { type: "transfer", id, actor };
    const arrived = new Map(open.map((line) => [line.variant_id, 0]));
    for (const [i, { variant_id, quantity }] of body.lines.entries()) {
      const left =
        (open.find((line) => line.variant_id === variant_id)?.quantity ?? 0) - (arrived.get(variant_id) ?? 0);
      if (quantity > left) {
        const errors = [{ path: `lines.${i}.quantity`, message: `${left} of it are on their way` }];
        throw refuse("not_in_transfer", undefined, errors);
      }
      arrived.set(variant_id, (arrived.get(variant_id) ?? 0) + quantity);
    }
    const lost: NewDiscrepancy[] = [];
    for (const { variant_id, quantity } of open) {
      const came = arrived.get(variant_id) ?? 0;
      const to = levelAt(book, variant_id, transfer.sent_to);
      if (came > 0) move(book, to, "transfer_in", { on_hand: came, incoming: -came }, cause);
      const missing = body.is_partial ? 0 : quantity - came;
      if (missing === 0) continue;
      const now = levelAt(book, variant_id, transfer.sent_to);
      move(book, now, "expect", { incoming: -missing }, cause, { reason: REASON_TEXTS.not_arrived });
      lost.push(discrepancyOf(clock, now, "lost_in_transfer", missing, cause));
    }
    const received = [...arrived].map(([variant_id, quantity]) => ({ variant_id, quantity }));
    await noteReceived(tx, id, received);
    await addDiscrepancies(tx, lost, book.now);
    const isWhole = open.every(({ variant_id, quantity }) => arrived.get(variant_id) === quantity);
    if (isWhole || !body.is_partial) await endTransfer(tx, id, "received", book.now);
    return { id, touched: await closeBook(book) };
  });
}

/** What has not arrived yet is back where it came from. */
export function cancelTransfer(db: Db, clock: Clock, id: string, actor: string): Promise<Transferred> {
  return inTransaction(db, async (tx) => {
    const { book, transfer, open } = await openTransfer(tx, clock, id);
    const cause = { type: "transfer", id, actor };
    for (const { variant_id, quantity } of open) {
      move(book, levelAt(book, variant_id, transfer.sent_to), "expect", { incoming: -quantity }, cause);
      move(book, levelAt(book, variant_id, transfer.sent_from), "transfer_in", { on_hand: quantity }, cause);
    }
    await endTransfer(tx, id, "cancelled", book.now);
    return { id, touched: await closeBook(book) };
  });
}

interface Open {
  readonly book: StockBook;
  readonly transfer: TransferRow;
  /** What is still on its way. */
  readonly open: readonly Pick<TransferLineRow, "variant_id" | "quantity">[];
}

/** Everything about a transfer is read behind the locks on its levels, which all who change it take first. */
async function openTransfer(tx: Tx, clock: Clock, id: string): Promise<Open> {
  const variantIds = (await loadTransferLines(tx, [id])).map((line) => line.variant_id);
  const book = await openBook(tx, clock, variantIds);
  const transfer = await loadTransfer(tx, id);
  if (!transfer) throw refuse("transfer_not_found");
  if (transfer.state !== "in_transit") throw refuse("transfer_ended");
  const open = (await loadTransferLines(tx, [id]))
    .map(({ variant_id, quantity, received }) => ({ variant_id, quantity: quantity - received }))
    .filter((line) => line.quantity > 0);
  return { book, transfer, open };
}
