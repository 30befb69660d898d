import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import { announce } from "./announce.ts";
import type { Touched } from "./contracts.ts";
import { type Decided, decideHold, type HoldRequest, openForHolds } from "./hold-stock.ts";
import { addHolds } from "./queries/allocations.pg.ts";
import { closeBook } from "./stock-book.ts";

interface Waiting {
  readonly request: HoldRequest;
  resolve(decided: Decided): void;
  reject(error: unknown): void;
}

/** So many are decided in one transaction. */
const MOST_TOGETHER = 250;

/**
 * Holds that are asked for at the same time are decided one after the other in one transaction: on a hot item the lock,
 * the commit and the round trips are then paid once for all who wait, and nobody waits behind two hundred of them.
 */
export class HoldQueue {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #bus: Bus;
  #waiting: Waiting[] = [];
  #isWorking = false;

  constructor({ db, clock, bus }: { readonly db: Db; readonly clock: Clock; readonly bus: Bus }) {
    this.#db = db;
    this.#clock = clock;
    this.#bus = bus;
  }

  /** Answers when the decision is committed. */
  hold(request: HoldRequest): Promise<Decided> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      if (!this.#isWorking) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    while (this.#waiting.length > 0) await this.#decide(this.#waiting.splice(0, MOST_TOGETHER));
    this.#isWorking = false;
  }

  async #decide(together: readonly Waiting[]): Promise<void> {
    try {
      const { decisions, touched } = await this.#commit(together.map(({ request }) => request));
      announce(this.#bus, touched);
      for (const [i, { resolve }] of together.entries()) resolve(decisions[i] as Decided);
    } catch (error) {
      const [only] = together;
      // What one of them broke must not break the others.
      if (together.length > 1) for (const one of together) await this.#decide([one]);
      else only?.reject(error);
    }
  }

  #commit(requests: readonly HoldRequest[]): Promise<{ decisions: Decided[]; touched: Touched[] }> {
    return inTransaction(this.#db, async (tx) => {
      const { book, kits } = await openForHolds(tx, this.#clock, requests);
      const decisions = requests.map((request) => decideHold(book, kits, request));
      addHolds(
        tx,
        decisions.flatMap((decided) => (decided.held ? decided.holds : [])),
      );
      return { decisions, touched: await closeBook(book) };
    });
  }
}
