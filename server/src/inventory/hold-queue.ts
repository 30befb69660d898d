import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import { Gather } from "../platform/gather.ts";
import { announce } from "./announce.ts";
import { type Decided, decideHold, type HoldRequest, openForHolds } from "./hold-stock.ts";
import { addHolds } from "./queries/allocations.pg.ts";
import { closeBook } from "./stock-book.ts";

export interface HoldQueueDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
}

export type HoldQueue = Gather<HoldRequest, Decided>;

/**
 * Holds that are asked for at the same time are decided one after the other in one transaction: on a hot item nobody
 * waits behind two hundred others. Each is answered when the decision is committed.
 */
export function openHoldQueue(deps: HoldQueueDeps): HoldQueue {
  return new Gather((requests) => decideTogether(deps, requests), { most: 250, atOnce: 1 });
}

async function decideTogether({ db, clock, bus }: HoldQueueDeps, requests: readonly HoldRequest[]): Promise<Decided[]> {
  const { decisions, touched } = await inTransaction(db, async (tx) => {
    const { book, kits } = await openForHolds(tx, clock, requests);
    const decided = requests.map((request) => decideHold(book, kits, request));
    addHolds(
      tx,
      decided.flatMap((one) => (one.held ? one.holds : [])),
    );
    return { decisions: decided, touched: await closeBook(book) };
  });
  announce(bus, touched);
  return decisions;
}
