import { newId } from "../../platform/ids.ts";
import { readWay, type Way } from "../channels/way.ts";
import type { MessagesDeps } from "../deps.ts";
import { claimDue } from "../queries/claim-due.pg.ts";
import type { Queue } from "../queries/next-due.pg.ts";
import { renewLease } from "../queries/settle-messages.pg.ts";
import { Breather } from "./breather.ts";
import type { Facts } from "./gather-facts.ts";
import { isLeaseShort, leaseUntil } from "./lease.ts";
import { type SendDeps, sendOne } from "./send-one.ts";
import { Settler } from "./settler.ts";
import { type TakeOutDeps, takeOut } from "./take-out.ts";
import { WayOut } from "./way-out.ts";

export type SenderDeps = SendDeps & TakeOutDeps & Pick<MessagesDeps, "db" | "log" | "smtpUrl" | "mailFrom">;

export interface SenderOptions extends Queue {
  /** Messages with their provider at once. */
  readonly hands: number;
  /** Most messages claimed at once. */
  readonly claims: number;
  /** How long what providers have said is gathered before it is written down. */
  readonly gatherMs: number;
  /** Whether each message lets others go before it. */
  readonly yields: boolean;
}

interface Ready {
  readonly facts: Facts;
  readonly until: Temporal.Instant;
}

/** A claim is about so much work: less could not be taken back in time by a pause, more makes more commits. */
const CLAIM_MS = 1_000;
const MOST_CLAIMS_OPEN = 3;

/**
 * Claims the due messages of one queue, by the hundred where they go quickly, and sends them. The next claim is decided
 * while the last one is under way, and made one by one, so that nothing else in this process waits long.
 */
export class Sender {
  readonly #deps: SenderDeps;
  readonly #options: SenderOptions;
  readonly #settler: Settler;
  readonly #way = new WayOut();
  /** Claimed by this process and not settled. */
  readonly #busy = new Set<string>();
  readonly #ready: Ready[] = [];
  readonly #breather = new Breather();
  #leaves: Way | null = null;
  #underWay = 0;
  #claims: number;
  #claimedAt = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #stirred = Promise.withResolvers<void>();
  #isDry = false;
  /** What the account's rate allows is claimed; more not before then. */
  #pacedUntil: Temporal.Instant | null = null;

  constructor(deps: SenderDeps, options: SenderOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#settler = new Settler(deps, options.gatherMs);
    this.#claims = Math.min(options.claims, options.hands * 2);
  }

  /** Sends what is due now; returns when nothing due is left to claim and nothing is in hand, of other callers either. */
  sendDue(signal?: AbortSignal): Promise<number> {
    const work = () => this.#work(signal);
    const mine = this.#turn.then(work, work);
    this.#turn = mine;
    return mine;
  }

  /** There may be something new: looks again, also while hands are full. */
  stir(): void {
    this.#isDry = false;
    this.#stir();
  }

  /** Until when nothing more is claimed; null when it works. */
  restsUntil(): Temporal.Instant | null {
    return this.#way.restsUntil(this.#deps.clock.now()) ?? this.#paced();
  }

  #paced(): Temporal.Instant | null {
    const until = this.#pacedUntil;
    return until !== null && Temporal.Instant.compare(until, this.#deps.clock.now()) > 0 ? until : null;
  }

  async #work(signal: AbortSignal | undefined): Promise<number> {
    let sent = 0;
    let taking: Promise<void> | null = null;
    let failure: { error: unknown } | null = null;
    this.#isDry = false;
    for (;;) {
      this.#stirred = Promise.withResolvers<void>();
      const isAway = this.#way.restsUntil(this.#deps.clock.now()) !== null;
      const isStopping = signal?.aborted === true || failure !== null || isAway;
      const isPaced = this.#paced() !== null;
      if (isStopping) this.#giveBack();
      else if (
        !isPaced &&
        taking === null &&
        !this.#isDry &&
        this.#ready.length < this.#options.hands &&
        !this.#isFull()
      ) {
        taking = this.#takeMore()
          .catch((error: unknown) => {
            failure = { error };
          })
          .finally(() => {
            taking = null;
            this.#stir();
          });
      }
      while (this.#underWay < this.#options.hands) {
        const next = this.#ready.shift();
        if (!next) break;
        sent += 1;
        void this.#send(next);
      }
      const isIdle = taking === null && this.#busy.size === 0;
      if (isIdle && failure !== null) throw (failure as { error: unknown }).error;
      if (isIdle && (this.#isDry || isStopping || isPaced)) return sent;
      if (isIdle) continue;
      await this.#stirred.promise;
    }
  }

  async #takeMore(): Promise<void> {
    const now = this.#deps.clock.now();
    const until = leaseUntil(now);
    const claim = {
      claim: newId(this.#deps.clock),
      now: now.toString(),
      leaseUntil: until.toString(),
      lane: this.#options.lane,
      channel: this.#options.channel,
      limit: this.#claims,
      busy: [...this.#busy],
    };
    this.#leaves = await readWay(this.#deps, this.#options.channel);
    const { messages: claimed, notBefore } = await claimDue(this.#deps.db, { ...claim, pace: paceOf(this.#leaves) });
    this.#pacedUntil = notBefore;
    if (claimed.length === 0) {
      this.#isDry = true;
      return;
    }
    for (const { id } of claimed) this.#busy.add(id);
    try {
      const facts = await takeOut(this.#deps, claimed);
      this.#ready.push(...facts.map((one) => ({ facts: one, until })));
      const taken = new Set(facts.map(({ message }) => message.id));
      for (const { id } of claimed) if (!taken.has(id)) this.#busy.delete(id);
    } catch (error) {
      for (const { id } of claimed) this.#busy.delete(id);
      throw error;
    }
    this.#adapt(claimed.length);
  }

  /** As many as went out in the last second, within bounds. */
  #adapt(claimed: number): void {
    const now = performance.now();
    const perMs = claimed / Math.max(now - this.#claimedAt, 1);
    this.#claimedAt = now;
    const wanted = Math.min(Math.ceil(perMs * CLAIM_MS), this.#claims * 2);
    this.#claims = Math.max(this.#options.hands, Math.min(this.#options.claims, wanted));
  }

  async #send({ facts, until }: Ready): Promise<void> {
    const { id } = facts.message;
    this.#underWay += 1;
    let written: Promise<void> | undefined;
    try {
      written = (await this.#deliver(facts, until))?.written;
    } catch (error) {
      // The database is away or a bug: the lease runs out and the message is tried again.
      this.#deps.log.error({ err: error, message_id: id }, "a message could not be worked");
    }
    this.#underWay -= 1;
    this.#stir();
    // The hand is free; the message is not, before it is written down.
    await written;
    this.#busy.delete(id);
    this.#stir();
  }

  /** Resolves when the provider has answered; what it gives, when that is written down. Null: no longer ours to send. */
  async #deliver(facts: Facts, until: Temporal.Instant): Promise<{ readonly written: Promise<void> } | null> {
    const { message } = facts;
    if (this.#options.yields) await this.#breather.turn();
    const now = this.#deps.clock.now();
    if (isLeaseShort(until, now)) {
      const leased = { id: message.id, claim: message.claim, leaseUntil: leaseUntil(now).toString() };
      if (!(await renewLease(this.#deps.db, leased))) return null;
    }
    if (this.#leaves === null) throw new Error("a message is sent after its channel was read");
    const { note, outcome } = await sendOne(this.#deps, facts, this.#leaves);
    if (outcome !== null) this.#way.note(outcome, this.#deps.clock.now());
    return { written: this.#settler.write(note) };
  }

  /** What no provider has heard of waits for the next worker, or for this one's provider to come back. */
  #giveBack(): void {
    const now = this.#deps.clock.now();
    const dueAt = (this.#way.restsUntil(now) ?? now).toString();
    for (const { facts } of this.#ready.splice(0)) {
      const { id, claim } = facts.message;
      this.#settler
        .write({ back: { id, claim, reason: null, dueAt, counts: false } })
        .then(() => {
          this.#busy.delete(id);
          this.#stir();
        })
        .catch(() => {});
    }
  }

  /** Providers answer faster than we write down: what is not written could go out twice. */
  #isFull(): boolean {
    return this.#busy.size > this.#options.claims * MOST_CLAIMS_OPEN;
  }

  #stir(): void {
    this.#stirred.resolve();
  }
}

/** Of a channel with several accounts, one per kind of device, none has a rate of its own. */
function paceOf(way: Way) {
  const account = way.accountOf("");
  const perSecond = account?.ratePerSecond ?? null;
  return account && perSecond !== null ? { key: `account:${account.id ?? account.provider}`, perSecond } : null;
}
