import type { Bus } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { Rejection } from "../accept-events.ts";
import { requestErrors } from "../errors.ts";
import { clean, describeRejection } from "./describe-rejection.ts";
import {
  addCounts,
  forgetRejectionsBefore,
  insertRejections,
  type NewRejection,
  trimRejections,
} from "./queries/rejections.pg.ts";

/** Of one key, in one second, are kept; the rest is counted. */
const KEPT_PER_SECOND = 50;
/** Of all keys together: what may wait in memory. */
const KEPT_AT_ONCE = 400;
export const KEPT_PER_KEY = 300;
export const KEPT_DAYS = 7;
const COUNTED_DAYS = 31;
const FLUSH_MS = 1_000;
const FORGET_MS = 3_600_000;
const BODY_CHARACTERS = 300;

/**
 * Remembers what was refused at the door, and counts all that came. Nothing of it delays an answer: it is written once a
 * second, beside the requests; what cannot be written is lost, as it is only for people who look.
 */
export class RejectionLog {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #bus: Bus;
  #waiting: NewRejection[] = [];
  #keptOf = new Map<string, number>();
  #counts = new Map<string, { source: string; code: string; n: number }>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  readonly #forgetting: NodeJS.Timeout;

  constructor(db: Db, clock: Clock, bus: Bus) {
    this.#db = db;
    this.#clock = clock;
    this.#bus = bus;
    this.#forgetting = setInterval(() => void this.#forget(), FORGET_MS).unref();
  }

  accepted(source: string, n: number): void {
    this.#count(source, "accepted", n);
  }

  /** Refused events of a request, by their place among `raws`. */
  events(
    source: string,
    raws: readonly unknown[],
    rejected: readonly (Rejection & { readonly field?: string })[],
  ): void {
    const at = this.#clock.now().toString();
    for (const refused of rejected) {
      this.#count(source, refused.code, 1);
      if (this.#mayKeep(source)) this.#waiting.push(describeRejection(source, at, raws[refused.index], refused));
    }
  }

  /** A request that was refused as a whole. Of a key that nobody knows only the first characters are kept. */
  request(code: keyof typeof requestErrors, about: { source?: string; key?: string | null; text?: string } = {}): void {
    const source = about.source ?? "";
    this.#count(source, code, 1);
    if (!this.#mayKeep(source)) return;
    this.#waiting.push({
      at: this.#clock.now().toString(),
      source,
      isRequest: true,
      code,
      message: requestErrors[code].title,
      keyHint: about.key ? `${clean(about.key, 6)}…` : null,
      type: null,
      name: null,
      userId: null,
      anonymousId: null,
      messageId: null,
      identifiers: [],
      field: null,
      value: null,
      payload: about.text === undefined ? null : JSON.stringify(clean(about.text, BODY_CHARACTERS)),
      isCut: about.text !== undefined && about.text.length > BODY_CHARACTERS,
    });
  }

  /** Returns when all that was noted so far is written. */
  async close(): Promise<void> {
    clearInterval(this.#forgetting);
    await this.#writing;
    if (this.#timer) clearTimeout(this.#timer);
    this.#flush();
    await this.#writing;
  }

  #count(source: string, code: string, n: number): void {
    const key = `${source} ${code}`;
    const known = this.#counts.get(key);
    if (known) known.n += n;
    else this.#counts.set(key, { source, code, n });
    this.#soon();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #mayKeep(source: string): boolean {
    const kept = this.#keptOf.get(source) ?? 0;
    if (kept >= KEPT_PER_SECOND || this.#waiting.length >= KEPT_AT_ONCE) return false;
    this.#keptOf.set(source, kept + 1);
    return true;
  }

  #flush(): void {
    this.#timer = null;
    // One at a time: while PostgreSQL is slow no more than this waits.
    if (this.#writing) {
      this.#soon();
      return;
    }
    const found = this.#waiting;
    const counts = [...this.#counts.values()];
    const sources = [...this.#keptOf.keys()];
    this.#waiting = [];
    this.#counts = new Map();
    this.#keptOf = new Map();
    if (counts.length === 0) return;
    this.#writing = this.#write(found, counts, sources)
      .catch(() => {})
      .finally(() => {
        this.#writing = null;
      });
  }

  async #write(
    found: readonly NewRejection[],
    counts: readonly { source: string; code: string; n: number }[],
    sources: readonly string[],
  ): Promise<void> {
    const hour = `${this.#clock.now().toString().slice(0, 13)}:00:00Z`;
    await addCounts(this.#db, hour, counts);
    if (found.length === 0) return;
    await insertRejections(this.#db, this.#clock, found);
    await trimRejections(this.#db, sources, KEPT_PER_KEY);
    this.#bus.changed("event", "all", ["rejected"]);
  }

  async #forget(): Promise<void> {
    const now = this.#clock.now();
    await forgetRejectionsBefore(
      this.#db,
      now.subtract({ hours: 24 * KEPT_DAYS }).toString(),
      now.subtract({ hours: 24 * COUNTED_DAYS }).toString(),
    ).catch(() => {});
  }
}
