import { inTransaction, type Tx } from "../../platform/db.ts";
import { createDueLoop, type DueLoop } from "../../platform/due-loop.ts";
import { newId } from "../../platform/ids.ts";
import type { OrderDeps } from "../check-out.ts";
import { type LetterRow, nextLetter, postponeLetter, takeLetter } from "../queries/letters.pg.ts";
import type { OrderRow } from "../queries/orders.pg.ts";
import type { ReceiptDeps } from "./read-receipt.ts";
import { type Mail, writeLetter } from "./write-letter.ts";

export interface LetterDeps extends OrderDeps, ReceiptDeps {
  /** Queues a mail in the caller's transaction; wired from the messages' room. */
  readonly sendMail: (tx: Tx, mail: Mail) => Promise<void>;
}

type Letter = Pick<LetterRow, "kind" | "email" | "language"> & Partial<LetterRow>;

export function newLetter({ clock }: Pick<OrderDeps, "clock">, order: Pick<OrderRow, "id">, letter: Letter): LetterRow {
  return {
    id: newId(clock),
    order_id: order.id,
    fulfilment_id: null,
    is_collector: false,
    due_at: clock.now().toString(),
    attempts: 0,
    ...letter,
  };
}

const FIRST_PAUSE_S = 10;
const LONGEST_PAUSE_S = 3_600;

/** Writes the letters that wait; each is queued as a mail in the transaction that takes it away: once. */
export async function sendLetters(deps: LetterDeps, onError: (error: unknown) => void): Promise<void> {
  for (;;) {
    let taken: LetterRow | undefined;
    try {
      taken = await inTransaction(deps.db, async (tx) => {
        const letter = await takeLetter(tx, deps.clock.now().toString());
        taken = letter;
        const mail = letter && (await writeLetter({ ...deps, db: tx }, letter));
        if (mail) await deps.sendMail(tx, mail);
        return letter;
      });
    } catch (error) {
      if (!taken) throw error;
      // One that cannot be written must not hold the others back.
      const pause = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** Math.min(taken.attempts, 10));
      await postponeLetter(deps.db, taken.id, deps.clock.now().add({ seconds: pause }).toString());
      onError(error);
    }
    if (!taken) return;
    deps.bus.wake("messages");
  }
}

export function letterLoop(deps: LetterDeps, onError: (error: unknown) => void): DueLoop {
  return createDueLoop({
    clock: deps.clock,
    nextDue: () => nextLetter(deps.db),
    onWake: (listener) => deps.bus.onWake("timers", listener),
    onError,
    work: () => sendLetters(deps, onError),
  });
}
