import type { Bus } from "../platform/bus.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import type { Log } from "../platform/log.ts";
import type { Batch } from "../profiles/index.ts";
import { announce } from "./announce.ts";
import { followOn, type ProcessDeps, writeOutbox } from "./process-events.ts";
import { MOST_PEOPLE, nextStep } from "./step-size.ts";

export interface SweeperDeps extends ProcessDeps {
  readonly db: Db;
  readonly bus: Bus;
}

/** Other nodes write horizons too; nobody waits longer than this to be noticed. */
const LOOK_MS = 1_000;
/** Every batch wakes; several are heeded together. */
const HEED_MS = 100;

/** Re-decides people at the very moment when time alone changes the answer. Sleeps until the next such moment. */
export class Sweeper {
  readonly #deps: SweeperDeps;
  readonly #log: Log;
  #loop: Promise<void> | null = null;
  #stop = new AbortController();
  #turn: Promise<void> = Promise.resolve();
  #people = MOST_PEOPLE;

  constructor(deps: SweeperDeps, log: Log) {
    this.#deps = deps;
    this.#log = log;
  }

  start(): void {
    this.#stop = new AbortController();
    this.#loop = this.#run(this.#stop.signal);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  /** Sweeps whatever is due now; returns when what another caller has in its hands is written, too. */
  sweep(): Promise<void> {
    const work = async () => {
      for (let more = true; more; ) more = await this.#step();
    };
    const mine = this.#turn.then(work, work);
    this.#turn = mine;
    return mine;
  }

  /** One transaction; whether more is due. */
  async #step(): Promise<boolean> {
    const { db, bus, clock, segments } = this.#deps;
    const [began, people] = [performance.now(), this.#people];
    const done = await inTransaction(db, async (tx) => {
      const { changes, profiles, more } = await segments.takeDue(tx, clock.now(), people);
      const batch: Batch = { now: clock.now(), events: [], profiles, changed: new Map(), merges: [] };
      if (changes.length > 0) await writeOutbox(tx, clock, await followOn(tx, this.#deps, batch, changes));
      return { batch, changes, more };
    });
    if (done.changes.length > 0) {
      announce(bus, done);
      for (const topic of ["inbox", "outbox", "batch"] as const) bus.wake(topic);
    }
    if (done.more) this.#people = nextStep(people, performance.now() - began);
    return done.more;
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.sweep();
        const due = await this.#deps.segments.nextDue(this.#deps.db);
        await this.#sleep(due, signal);
      } catch (error) {
        this.#log.warn({ err: error }, "the sweep of due segments failed; trying again");
        await pause(LOOK_MS, signal);
      }
    }
  }

  async #sleep(due: string | null, signal: AbortSignal): Promise<void> {
    const awake = new AbortController();
    let heeding: NodeJS.Timeout | undefined;
    const heed = () => {
      heeding ??= setTimeout(() => awake.abort(), HEED_MS);
    };
    const offs = (["batch", "timers"] as const).map((topic) => this.#deps.bus.onWake(topic, heed));
    const either = AbortSignal.any([signal, awake.signal]);
    const waits = [pause(LOOK_MS, either)];
    if (due !== null) waits.push(this.#deps.clock.sleepUntil(Temporal.Instant.from(due), either));
    await Promise.race(waits);
    awake.abort();
    clearTimeout(heeding);
    for (const off of offs) off();
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}
