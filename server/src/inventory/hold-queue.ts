import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import { Gather } from "../platform/gather.ts";
import { announce } from "./announce.ts";
import type { Shortage } from "./contracts.ts";
import { decideHold, type HoldRequest, openForHolds } from "./hold-stock.ts";
import { type AllocationRow, addHolds, loadAllocations, type NewHold } from "./queries/allocations.pg.ts";
import { closeBook } from "./stock-book.ts";

export interface HoldQueueDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
}

type Placed =
  | { readonly held: true; readonly holds: readonly AllocationRow[] }
  | { readonly held: false; readonly short: readonly Shortage[] };

export type HoldQueue = Gather<HoldRequest, Placed>;

/**
 * Holds that are asked for at the same time are decided one after the other in one transaction: on a hot item nobody
 * waits behind two hundred others. Each is answered when the decision is committed.
 *
 * Whoever loses the line while a commit is under way asks again, and so do we: what stands under its owner already is the
 * answer, not another hold.
 */
export function openHoldQueue(deps: HoldQueueDeps): HoldQueue {
  return new Gather((requests) => decideTogether(deps, requests), { most: 250, atOnce: 1 });
}

async function decideTogether({ db, clock, bus }: HoldQueueDeps, requests: readonly HoldRequest[]): Promise<Placed[]> {
  const { decisions, touched } = await inTransaction(db, async (tx) => {
    const { book, kits } = await openForHolds(tx, clock, requests);
    // Read behind the locks, which a commit under way still has: what was dead has been swept.
    const owners = requests.map(({ owner }) => owner);
    const standing = Map.groupBy(await loadAllocations(tx, owners), (row) => row.owner_id);
    const fresh: NewHold[] = [];
    const decisions = requests.map((request): Placed => {
      const known = standing.get(request.owner);
      if (known) return { held: true, holds: known };
      const decided = decideHold(book, kits, request);
      if (!decided.held) return decided;
      fresh.push(...decided.holds);
      const holds = decided.holds.map((hold): AllocationRow => ({ ...hold, state: "held" }));
      standing.set(request.owner, holds);
      return { held: true, holds };
    });
    addHolds(tx, fresh);
    return { decisions, touched: await closeBook(book) };
  });
  announce(bus, touched);
  return decisions;
}
