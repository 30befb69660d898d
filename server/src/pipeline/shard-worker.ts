import { isWaiting, SHARDS } from "../collect/index.ts";
import type { Log } from "../platform/log.ts";
import { dropSeenBefore } from "./queries/seen.pg.ts";
import { heartbeat, type Lease, releaseLeases, takeLeases } from "./queries/shards.pg.ts";
import { EVENTS_PER_BATCH, type ShardDeps, workShards } from "./work-shards.ts";

/** A dead worker's shards are worked by the others after this and one more renewal at the latest: within ten seconds. */
const LEASE = { seconds: 6 } as const;
const DEAD_AFTER = { seconds: 6 } as const;
const RENEW_MS = 2_000;
const LOOK_MS = 500;
const REMEMBER_DAYS = 7;
/** When much waits, two batches overlap, each of half the shards: while one waits for PostgreSQL, the other folds. */
const HANDS = 2;
/** Little is worked faster by one hand alone: what a batch costs by itself would be paid twice. */
const MUCH = EVENTS_PER_BATCH / 2;

/** Works the inbox of the shards this process holds, for as long as it lives. */
export class ShardWorker {
  readonly #deps: ShardDeps;
  readonly #log: Log;
  #leases = new Map<number, Lease>();
  /** What each hand has in work. */
  readonly #hands: (Promise<void> | null)[] = Array.from({ length: HANDS }, () => null);
  readonly #again = new Set<number>();
  /** How many hands share the shards; changed only while none is at work. */
  #sharing = 1;
  #isMuch = false;
  #renewTimer: NodeJS.Timeout | null = null;
  #lookTimer: NodeJS.Timeout | null = null;
  #stopped = true;
  #offWake: (() => void) | null = null;
  #forgotDay = "";

  constructor(deps: ShardDeps, log: Log) {
    this.#deps = deps;
    this.#log = log;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    await this.#renew();
    this.#offWake = this.#deps.bus.onWake("inbox", () => this.#look());
    this.#renewTimer = setInterval(() => void this.#renewQuietly(), RENEW_MS);
    this.#lookTimer = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#offWake?.();
    if (this.#renewTimer) clearInterval(this.#renewTimer);
    if (this.#lookTimer) clearInterval(this.#lookTimer);
    await Promise.all(this.#hands);
    await releaseLeases(this.#deps.db, this.#deps.owner);
  }

  /** Works until the inbox of this worker's shards is empty. */
  async drain(): Promise<void> {
    for (;;) {
      await Promise.all(this.#hands);
      if (!(await isWaiting(this.#deps.db, [...this.#leases.keys()]))) return;
      this.#look();
    }
  }

  /** Sets every hand to work; one that is at work looks once more when it is done. */
  #look(): void {
    if (this.#hands.every((work) => work === null)) this.#sharing = this.#isMuch ? HANDS : 1;
    for (let hand = 0; hand < this.#sharing && !this.#stopped; hand++) {
      if (this.#hands[hand]) this.#again.add(hand);
      else this.#hands[hand] = this.#work(hand);
    }
  }

  async #work(hand: number): Promise<void> {
    try {
      do {
        this.#again.delete(hand);
        const leases = [...this.#leases.values()].filter(({ shard }) => shard % this.#sharing === hand);
        while (!this.#stopped && !this.#wantsHelp()) {
          const events = await workShards(this.#deps, leases);
          if (events === 0) break;
          this.#isMuch = events >= MUCH;
        }
      } while (this.#again.has(hand) && !this.#stopped && !this.#wantsHelp());
    } catch (error) {
      this.#log.warn({ err: error }, "a batch could not be worked in; trying again");
    } finally {
      this.#hands[hand] = null;
      if (this.#wantsHelp()) this.#look();
    }
  }

  #wantsHelp(): boolean {
    return this.#isMuch && this.#sharing < HANDS;
  }

  async #renewQuietly(): Promise<void> {
    try {
      await this.#renew();
      await this.#forgetOldDays();
    } catch (error) {
      this.#log.warn({ err: error }, "the leases could not be renewed");
    }
  }

  async #renew(): Promise<void> {
    const { db, clock, owner } = this.#deps;
    const now = clock.now();
    const times = {
      now: now.toString(),
      until: now.add(LEASE).toString(),
      aliveSince: now.subtract(DEAD_AFTER).toString(),
    };
    const workers = await heartbeat(db, owner, times);
    const leases = await takeLeases(db, owner, Math.ceil(SHARDS / workers), times);
    const gained = leases.some((lease) => !this.#leases.has(lease.shard));
    this.#leases = new Map(leases.map((lease) => [lease.shard, lease]));
    if (gained) this.#look();
  }

  async #forgetOldDays(): Promise<void> {
    const today = this.#deps.clock.now().toZonedDateTimeISO("UTC").toPlainDate();
    if (this.#forgotDay === today.toString()) return;
    await dropSeenBefore(this.#deps.db, today.subtract({ days: REMEMBER_DAYS }).toString());
    this.#forgotDay = today.toString();
  }
}
