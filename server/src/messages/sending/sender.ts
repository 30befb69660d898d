import { newId } from "../../platform/ids.ts";
import type { MessagesDeps } from "../deps.ts";
import { type ClaimedMessage, claimDue } from "../queries/claim-due.pg.ts";
import { leaseUntil } from "./lease.ts";
import { type SendDeps, sendMessage } from "./send-message.ts";

/** Messages in the hands of one worker at once: a slow server holds these up, not the rest. */
const IN_HAND = 10;

/** Claims due messages and sends them, a few at a time. */
export class Sender {
  readonly #deps: SendDeps & Pick<MessagesDeps, "log">;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #inHand = new Map<string, Promise<void>>();

  constructor(deps: SendDeps & Pick<MessagesDeps, "log">) {
    this.#deps = deps;
  }

  /** Sends what is due now; returns when nothing due is left to claim and nothing is in hand, of other callers either. */
  sendDue(): Promise<number> {
    const work = () => this.#work();
    const mine = this.#turn.then(work, work);
    this.#turn = mine;
    return mine;
  }

  async #work(): Promise<number> {
    let sent = 0;
    for (;;) {
      const claimed = await this.#claim(IN_HAND - this.#inHand.size);
      sent += claimed.length;
      for (const message of claimed) this.#take(message);
      if (this.#inHand.size === 0) return sent;
      await Promise.race(this.#inHand.values());
    }
  }

  async #claim(limit: number): Promise<ClaimedMessage[]> {
    if (limit <= 0) return [];
    const now = this.#deps.clock.now();
    return claimDue(this.#deps.db, {
      claim: newId(this.#deps.clock),
      now: now.toString(),
      leaseUntil: leaseUntil(now),
      limit,
      busy: [...this.#inHand.keys()],
    });
  }

  #take(message: ClaimedMessage): void {
    const work = sendMessage(this.#deps, message)
      .catch((error: unknown) => {
        // The database is away or a bug: the lease runs out and the message is tried again.
        this.#deps.log.error({ err: error, message_id: message.id }, "a message could not be worked");
      })
      .finally(() => this.#inHand.delete(message.id));
    this.#inHand.set(message.id, work);
  }
}
