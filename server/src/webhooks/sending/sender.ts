import { newId } from "../../platform/ids.ts";
import type { SendDeps } from "../deps.ts";
import { type ClaimedDelivery, claimDue, loadOpen, nextDue } from "../queries/claim-due.pg.ts";
import { deliver } from "./deliver.ts";

/** Longer than the slowest receiver is waited for; after a crash a delivery is taken up again this much later. */
const LEASE = { minutes: 1 };
/** Deliveries under way at once, for each endpoint by itself: a slow one takes no other's hands. */
const HANDS = 10;
/** An endpoint in trouble is tried with one. */
const HANDS_IN_TROUBLE = 1;

interface InHand {
  readonly id: string;
  readonly endpointId: string;
  readonly done: Promise<void>;
}

/** Claims due deliveries and sends them. Waits for no receiver itself: whoever is slow delays only its own. */
export class Sender {
  readonly #deps: SendDeps;
  readonly #inHand = new Set<InHand>();
  /** How many hands each endpoint had when it was last looked at. */
  #handsOf = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  readonly #cuttingOff = new AbortController();
  #isStopping = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: SendDeps) {
    this.#deps = deps;
  }

  /** Takes into hand whatever is due now and finds a free hand. */
  take(): Promise<void> {
    const mine = this.#turn.then(
      () => this.#take(),
      () => this.#take(),
    );
    this.#turn = mine;
    return mine;
  }

  /** Sends what is due now; returns when nothing due is left and nothing is in hand. */
  async sendDue(): Promise<void> {
    do {
      await this.take();
      await Promise.all([...this.#inHand].map(({ done }) => done));
    } while (this.#inHand.size > 0 || (!this.#isStopping && (await this.#isMoreDue())));
  }

  /** Whether there was anybody to send to when it last looked. */
  get isAnybody(): boolean {
    return this.#handsOf.size > 0;
  }

  /** When there is something to take next; null when nothing waits for a free hand. */
  nextDue(): Promise<string | null> {
    const busy = [...this.#handsUsed().keys()].filter((id) => this.#freeHands(id) === 0);
    return nextDue(this.#deps.db, busy);
  }

  /** Calls back whenever an endpoint has free hands again; returns how to stop that. */
  onFree(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Cuts off whoever has not answered within `patienceMs`; that is sent again after the next start. */
  async stop(patienceMs: number): Promise<void> {
    this.#isStopping = true;
    await this.#turn.catch(() => {});
    const cutOff = setTimeout(() => this.#cuttingOff.abort(), patienceMs);
    await Promise.all([...this.#inHand].map(({ done }) => done));
    clearTimeout(cutOff);
  }

  async #isMoreDue(): Promise<boolean> {
    const next = await this.nextDue();
    return next !== null && Temporal.Instant.compare(Temporal.Instant.from(next), this.#deps.clock.now()) <= 0;
  }

  async #take(): Promise<void> {
    const { db, clock } = this.#deps;
    while (!this.#isStopping) {
      const now = clock.now();
      const open = await loadOpen(db, now.toString());
      this.#handsOf = new Map(open.map(({ id, failures }) => [id, failures > 0 ? HANDS_IN_TROUBLE : HANDS]));
      const free = open.map(({ id }) => [id, this.#freeHands(id)] as const).filter(([, hands]) => hands > 0);
      if (free.length === 0) return;
      const claimed = await claimDue(db, {
        claim: newId(clock),
        now: now.toString(),
        leaseUntil: now.add(LEASE).toString(),
        free: new Map(free),
        busy: [...this.#inHand],
      });
      if (claimed.length === 0) return;
      const people = claimed.flatMap(({ profile_id }) => profile_id ?? []);
      const userIds = this.#deps.userIdsOf(db, [...new Set(people)]);
      for (const delivery of claimed) this.#begin(delivery, userIds);
    }
  }

  #begin(delivery: ClaimedDelivery, userIds: Promise<ReadonlyMap<string, string>>): void {
    const { id, endpoint_id: endpointId } = delivery;
    const done = deliver(this.#deps, delivery, userIds, this.#cuttingOff.signal)
      .catch((error: unknown) => {
        // The database is away or a bug: the lease runs out and the delivery is tried again.
        this.#deps.log.error({ err: error, webhook: endpointId }, "a webhook's delivery could not be worked");
      })
      .finally(() => {
        this.#inHand.delete(inHand);
        if (this.#freeHands(endpointId) > 0) for (const listener of this.#listeners) listener();
      });
    const inHand = { id, endpointId, done };
    this.#inHand.add(inHand);
  }

  #handsUsed(): Map<string, number> {
    const used = new Map<string, number>();
    for (const { endpointId } of this.#inHand) used.set(endpointId, (used.get(endpointId) ?? 0) + 1);
    return used;
  }

  /** None while less than half of them are free: asking the database for one at a time costs more than sending it. */
  #freeHands(endpointId: string): number {
    const hands = this.#handsOf.get(endpointId) ?? HANDS;
    const free = hands - (this.#handsUsed().get(endpointId) ?? 0);
    return free >= hands / 2 ? free : 0;
  }
}
