import type { KilimEvent } from "../collect/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { Fault } from "./compile-schema.ts";
import { addViolations, forgetViolationsBefore, type NewViolation } from "./queries/violations.pg.ts";

const FLUSH_MS = 1_000;
/** Different violations between two writes; more are not told apart any longer, and not counted. */
const MOST_KINDS = 500;
const KEPT_DAYS = 90;

/** Counts violations beside the requests, and writes them once a second. */
export class ViolationLog {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #bus: Bus;
  #kinds = new Map<string, NewViolation & { n: number; blocked: number }>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  #forgottenOn = "";

  constructor({ db, clock, bus }: { readonly db: Db; readonly clock: Clock; readonly bus: Bus }) {
    this.#db = db;
    this.#clock = clock;
    this.#bus = bus;
  }

  note(event: KilimEvent, faults: readonly Fault[], isBlocked: boolean): void {
    const day = event.receivedAt.slice(0, 10);
    // One event may break a rule in several items of a list: for that place it counts once.
    const places = new Map(faults.map((fault) => [`${fault.path}\n${fault.rule}`, fault]));
    for (const [place, fault] of places) {
      const key = `${day}\n${event.name}\n${place}`;
      const known = this.#kinds.get(key);
      if (!known && this.#kinds.size >= MOST_KINDS) continue;
      this.#kinds.set(key, {
        ...fault,
        day,
        name: event.name,
        source: event.source,
        messageId: event.messageId,
        at: event.receivedAt,
        n: (known?.n ?? 0) + 1,
        blocked: (known?.blocked ?? 0) + (isBlocked ? 1 : 0),
      });
    }
    this.#soon();
  }

  /** Returns when all that was noted so far is written. */
  async close(): Promise<void> {
    await this.#writing;
    if (this.#timer) clearTimeout(this.#timer);
    this.#flush();
    await this.#writing;
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    this.#timer = null;
    if (this.#kinds.size === 0) return;
    if (this.#writing) {
      this.#soon();
      return;
    }
    const found = [...this.#kinds.values()];
    this.#kinds = new Map();
    this.#writing = this.#write(found)
      .catch(() => {})
      .finally(() => {
        this.#writing = null;
      });
  }

  async #write(found: readonly NewViolation[]): Promise<void> {
    await addViolations(this.#db, found);
    this.#bus.changed("plan", "violations", ["new"]);
    const today = this.#clock.now().toString().slice(0, 10);
    if (this.#forgottenOn === today) return;
    await forgetViolationsBefore(this.#db, Temporal.PlainDate.from(today).subtract({ days: KEPT_DAYS }).toString());
    this.#forgottenOn = today;
  }
}
