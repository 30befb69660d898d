import { newId } from "../../platform/ids.ts";
import type { MessagesDeps } from "../deps.ts";
import { type ClaimedMessage, claimDue } from "../queries/claim-due.pg.ts";
import { unclaim } from "../queries/settle-message.pg.ts";
import { leaseUntil } from "./lease.ts";
import { type SendDeps, sendMessage } from "./send-message.ts";

export interface SenderOptions {
  readonly lane: number;
  /** Messages under way at once. */
  readonly hands: number;
  /** Messages claimed at once: many where there are many, few where somebody is waiting for each. */
  readonly claims: number;
}

/** Claims the due messages of one lane and sends them, a few at a time. */
export class Sender {
  readonly #deps: SendDeps & Pick<MessagesDeps, "log">;
  readonly #options: SenderOptions;
  readonly #inHand = new Map<string, Promise<void>>();
  readonly #waiting: ClaimedMessage[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: SendDeps & Pick<MessagesDeps, "log">, options: SenderOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** Sends what is due now; returns when nothing due is left to claim and nothing is in hand, of other callers either. */
  sendDue(signal?: AbortSignal): Promise<number> {
    const work = () => this.#work(signal);
    const mine = this.#turn.then(work, work);
    this.#turn = mine;
    return mine;
  }

  async #work(signal: AbortSignal | undefined): Promise<number> {
    let sent = 0;
    for (;;) {
      if (signal?.aborted) await this.#giveBack();
      else if (this.#waiting.length === 0) this.#waiting.push(...(await this.#claim()));
      while (this.#inHand.size < this.#options.hands) {
        const message = this.#waiting.shift();
        if (!message) break;
        this.#take(message);
        sent += 1;
      }
      if (this.#inHand.size === 0) return sent;
      await Promise.race(this.#inHand.values());
    }
  }

  async #claim(): Promise<ClaimedMessage[]> {
    const now = this.#deps.clock.now();
    return claimDue(this.#deps.db, {
      claim: newId(this.#deps.clock),
      now: now.toString(),
      leaseUntil: leaseUntil(now),
      lane: this.#options.lane,
      limit: this.#options.claims,
      busy: [...this.#inHand.keys()],
    });
  }

  async #giveBack(): Promise<void> {
    const [first] = this.#waiting;
    if (!first) return;
    const ids = this.#waiting.splice(0).map((message) => message.id);
    await unclaim(this.#deps.db, first.claim, ids, this.#deps.clock.now().toString());
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
