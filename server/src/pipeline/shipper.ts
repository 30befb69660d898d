import { setAside } from "../collect/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import type { Log } from "../platform/log.ts";
import { unpackLines } from "./history-rows.ts";
import {
  countUnshipped,
  deleteShippedBefore,
  freezeShipment,
  markShipped,
  type OutboxRow,
  readShipment,
} from "./queries/outbox.pg.ts";

export interface ShipperDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  /** Days that shipped batches stay in State, to refill a restored History from. */
  readonly rawDays: number;
}

const EVENTS_PER_INSERT = 20_000;
/** Small batches travel together: each insert makes a part that ClickHouse must merge later. */
const GATHER_MS = 200;
const LOOK_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;
/** ClickHouse's codes for data it cannot read: parsing, types, ranges, too many partitions. */
const DATA_CODES = new Set([
  "6",
  "26",
  "27",
  "33",
  "38",
  "41",
  "53",
  "69",
  "70",
  "72",
  "117",
  "131",
  "190",
  "252",
  "321",
  "376",
  "441",
]);

/** Carries the outbox to History, each shipment with its token, so that a repeated one adds nothing. */
export class Shipper {
  readonly #deps: ShipperDeps;
  #timer: NodeJS.Timeout | null = null;
  #lookTimer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #turn: Promise<void> = Promise.resolve();
  #stopped = true;
  #failures = 0;
  #offWake: (() => void) | null = null;
  #cleanedDay = "";

  constructor(deps: ShipperDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#stopped = false;
    this.#offWake = this.#deps.bus.onWake("outbox", () => this.#soon(GATHER_MS));
    this.#lookTimer = setInterval(() => this.#soon(0), LOOK_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#offWake?.();
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#lookTimer) clearInterval(this.#lookTimer);
    await this.#running;
  }

  /** Ships until nothing is left; throws what History answers. */
  async drain(): Promise<void> {
    while ((await countUnshipped(this.#deps.db)) > 0) await this.#shipAll();
  }

  #soon(ms: number): void {
    if (this.#stopped || this.#timer || this.#running) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#running = this.#shipQuietly().finally(() => {
        this.#running = null;
      });
    }, ms);
  }

  async #shipQuietly(): Promise<void> {
    try {
      await this.#shipAll();
      await this.#forgetOld();
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#deps.log.warn({ err: error }, "History did not take a shipment; trying again");
      setTimeout(() => this.#soon(0), Math.min(LONGEST_PAUSE_MS, 100 * 2 ** this.#failures)).unref();
    }
  }

  /** One at a time: a line that is refused is to be set aside once. */
  #shipAll(): Promise<void> {
    const work = () => this.#shipNow();
    const mine = this.#turn.then(work, work);
    this.#turn = mine;
    return mine;
  }

  async #shipNow(): Promise<void> {
    const { db, clock } = this.#deps;
    for (;;) {
      const shipment = await readShipment(db);
      if (shipment) {
        await this.#ship(shipment.shipment, shipment.rows);
        await markShipped(
          db,
          shipment.rows.map((row) => row.id),
          clock.now().toString(),
        );
      } else {
        await freezeShipment(db, EVENTS_PER_INSERT);
        if (!(await readShipment(db))) return;
      }
      if (this.#stopped && this.#running) return;
    }
  }

  async #ship(shipment: number, rows: readonly OutboxRow[]): Promise<void> {
    const { history } = this.#deps;
    const merges = rows.flatMap((row) => row.merges);
    if (merges.length > 0) await history.insert("profile_overrides", merges, { token: `merges-${shipment}` });
    const lines = Buffer.concat(rows.map((row) => unpackLines(row.rows)));
    try {
      await history.insertRaw("events", lines, `events-${shipment}`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const all = lines.toString("utf8").split("\n").filter(Boolean);
      await this.#shipHalving(`events-${shipment}`, all, 0, all.length);
    }
  }

  /** The same halves with the same tokens at every retry, so that what went through stays once. */
  async #shipHalving(token: string, lines: readonly string[], from: number, to: number): Promise<void> {
    if (from >= to) return;
    try {
      await this.#deps.history.insertRaw("events", `${lines.slice(from, to).join("\n")}\n`, `${token}:${from}-${to}`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (to - from === 1) {
        const reason = error instanceof Error ? error.message : String(error);
        await setAside(this.#deps.db, this.#deps.clock, [
          { stage: "outbox", reason, event: null, raw: Buffer.from(lines[from] ?? "").toString("base64") },
        ]);
        return;
      }
      const middle = (from + to) >> 1;
      await this.#shipHalving(token, lines, from, middle);
      await this.#shipHalving(token, lines, middle, to);
    }
  }

  async #forgetOld(): Promise<void> {
    const now = this.#deps.clock.now();
    const day = now.toString().slice(0, 10);
    if (this.#cleanedDay === day) return;
    await deleteShippedBefore(this.#deps.db, now.subtract({ hours: 24 * this.#deps.rawDays }).toString());
    this.#cleanedDay = day;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && DATA_CODES.has(String(error.code));
}
