import { setAside } from "../collect/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import type { Log } from "../platform/log.ts";
import { insertShipment } from "./insert-shipment.ts";
import {
  countUnshipped,
  deleteShippedBefore,
  freezeShipment,
  markShipped,
  type OutboxRow,
  readShipment,
  rewriteBatch,
  unship,
} from "./queries/outbox.pg.ts";
import { holdsShipping, releaseShipping, takeShipping } from "./queries/shipping.pg.ts";
import { findLost } from "./refill-history.ts";

export interface ShipperDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  readonly owner: string;
  /** Days that shipped batches stay in State, to refill a restored History from. */
  readonly rawDays: number;
}

const EVENTS_PER_INSERT = 20_000;
/** Small batches travel together: each insert makes a part that ClickHouse must merge later. */
const GATHER_MS = 500;
const LOOK_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;
const LEASE_MS = 6_000;
/** Another node ships; whoever waits for it looks this often. */
const OTHERS_TURN_MS = 100;

interface Lead {
  readonly epoch: number;
  readonly until: number;
}

/** What was shipped cannot be written down: another node has taken over, and ships the same with the same tokens. */
class LostLead extends Error {}

/** Carries the outbox to History, one node at a time; each shipment with its token, so that a repeated one adds nothing. */
export class Shipper {
  readonly #deps: ShipperDeps;
  #timer: NodeJS.Timeout | null = null;
  #lookTimer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #stopped = true;
  #isWoken = false;
  #failures = 0;
  #lead: Lead | null = null;
  /** Whether something may be missing in History that was shipped. */
  #isInDoubt = true;
  #offWake: (() => void) | null = null;
  #cleanedDay = "";

  constructor(deps: ShipperDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#stopped = false;
    this.#offWake = this.#deps.bus.onWake("outbox", () => this.#soon(GATHER_MS));
    this.#lookTimer = setInterval(() => {
      this.#soon(0);
      // A shipment that History is slow to take must not look like one that was given up.
      if (this.#running && this.#lead) void this.#keepLead().catch(() => undefined);
    }, LOOK_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#offWake?.();
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#lookTimer) clearInterval(this.#lookTimer);
    await this.#running;
    await this.#release();
  }

  /** Ships until nothing is left; throws what History answers. */
  async drain(): Promise<void> {
    while ((await countUnshipped(this.#deps.db)) > 0) {
      if (!(await this.#shipAll())) await new Promise((resolve) => setTimeout(resolve, OTHERS_TURN_MS));
    }
    if (this.#stopped) await this.#release();
  }

  #soon(ms: number): void {
    if (this.#running) this.#isWoken = true;
    if (this.#stopped || this.#timer || this.#running) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#running = this.#shipQuietly().finally(() => {
        this.#running = null;
        if (this.#isWoken) this.#soon(GATHER_MS);
        this.#isWoken = false;
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
      this.#isInDoubt = true;
      this.#deps.log.warn({ err: error }, "History did not take a shipment; trying again");
      setTimeout(() => this.#soon(0), Math.min(LONGEST_PAUSE_MS, 100 * 2 ** this.#failures)).unref();
    }
  }

  /** One caller at a time. Returns false when it is another node's turn. */
  #shipAll(): Promise<boolean> {
    const work = () => this.#shipNow();
    const mine = this.#turn.then(work, work);
    this.#turn = mine;
    return mine;
  }

  async #shipNow(): Promise<boolean> {
    const { db } = this.#deps;
    let isFresh = false;
    for (;;) {
      const epoch = await this.#keepLead();
      if (epoch === null) return false;
      // What was on its way when this node took over travels first, under the token it had.
      const shipment = await readShipment(db);
      if (shipment) {
        await this.#ship(epoch, shipment.shipment, shipment.rows);
        const events = shipment.rows.reduce((sum, row) => sum + row.n, 0);
        if (isFresh && events < EVENTS_PER_INSERT / 2) return true;
      } else if (this.#isInDoubt) await this.#refill(epoch);
      else if (!(await freezeShipment(db, EVENTS_PER_INSERT))) return true;
      // What has come meanwhile is little: it waits for more.
      else isFresh = true;
      if (this.#stopped && this.#running) return true;
    }
  }

  async #ship(epoch: number, shipment: number, rows: readonly OutboxRow[]): Promise<void> {
    const { history, clock } = this.#deps;
    const refused = await insertShipment(history, shipment, rows);
    const ids = rows.map((row) => row.id);
    await this.#writeDown(epoch, async (tx) => {
      if (refused) {
        await setAside(tx, clock, refused.lines);
        for (const batch of refused.rewritten) await rewriteBatch(tx, batch);
      }
      await markShipped(tx, ids, clock.now().toString());
    });
  }

  async #refill(epoch: number): Promise<void> {
    const { db, history, log } = this.#deps;
    const lost = await findLost(db, history);
    if (lost.length > 0) {
      await this.#writeDown(epoch, (tx) => unship(tx, lost));
      log.warn({ batches: lost.length }, "History did not hold all that was shipped to it; shipping it again");
    }
    this.#isInDoubt = false;
  }

  async #writeDown(epoch: number, write: (tx: Tx) => Promise<void>): Promise<void> {
    const { db, owner } = this.#deps;
    await inTransaction(db, async (tx) => {
      await write(tx);
      if (!(await holdsShipping(tx, owner, epoch))) throw new LostLead("another node ships now");
    });
  }

  /** The epoch under which this node ships, null while another one does. Asks only when half of the lease is over. */
  async #keepLead(): Promise<number | null> {
    const { db, clock, owner } = this.#deps;
    const now = clock.now();
    const known = this.#lead;
    if (known && known.until - now.epochMilliseconds > LEASE_MS / 2) return known.epoch;
    const until = now.add({ milliseconds: LEASE_MS });
    const epoch = await takeShipping(db, owner, { now: now.toString(), until: until.toString() });
    if (epoch !== known?.epoch) this.#isInDoubt = true;
    this.#lead = epoch === null ? null : { epoch, until: until.epochMilliseconds };
    return epoch;
  }

  async #release(): Promise<void> {
    this.#lead = null;
    await releaseShipping(this.#deps.db, this.#deps.owner);
  }

  async #forgetOld(): Promise<void> {
    const now = this.#deps.clock.now();
    const day = now.toString().slice(0, 10);
    if (this.#cleanedDay === day) return;
    await deleteShippedBefore(this.#deps.db, now.subtract({ hours: 24 * this.#deps.rawDays }).toString());
    this.#cleanedDay = day;
  }
}
