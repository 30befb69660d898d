import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { addTo } from "./append-events.ts";
import { insertInbox, pack } from "./inbox.ts";

/** One event's text and the shard it goes to. */
export interface Entry {
  readonly shard: number;
  readonly text: string;
}

interface Waiting {
  readonly entries: readonly Entry[];
  readonly bytes: number;
  resolve(): void;
  reject(error: unknown): void;
}

const MAX_EVENTS_PER_COMMIT = 5_000;
const MAX_BYTES_PER_COMMIT = 16 * 1024 * 1024;

/**
 * Requests that arrive while a commit is under way are appended together by the next one: one fsync for all of them.
 * Two commits may overlap, so that packing the next goes on while the disk writes the last.
 */
export class GroupCommit {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #bus: Bus;
  #waiting: Waiting[] = [];
  #running = 0;
  #bytes = 0;

  constructor(db: Db, clock: Clock, bus: Bus) {
    this.#db = db;
    this.#clock = clock;
    this.#bus = bus;
  }

  /** About as many bytes of events as are held here until they are durable. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Resolves when the events are durable, rejects when they are not. */
  add(entries: readonly Entry[]): Promise<void> {
    let bytes = 0;
    for (const entry of entries) bytes += entry.text.length;
    this.#bytes += bytes;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, bytes, resolve, reject });
      if (this.#running < 2) setImmediate(() => void this.#run());
    });
  }

  async #run(): Promise<void> {
    if (this.#running >= 2) return;
    this.#running++;
    while (this.#waiting.length > 0) await this.#commit(this.#take());
    this.#running--;
  }

  #take(): Waiting[] {
    let events = 0;
    let bytes = 0;
    let count = 0;
    for (const waiting of this.#waiting) {
      events += waiting.entries.length;
      bytes += waiting.bytes;
      if (count > 0 && (events > MAX_EVENTS_PER_COMMIT || bytes > MAX_BYTES_PER_COMMIT)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const byShard = new Map<number, string[]>();
      for (const { entries } of group) for (const entry of entries) addTo(byShard, entry.shard, entry.text);
      await insertInbox(this.#db, pack(byShard), this.#clock.now().toString());
      for (const waiting of group) waiting.resolve();
      this.#bus.wake("inbox");
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    }
    for (const waiting of group) this.#bytes -= waiting.bytes;
  }
}
