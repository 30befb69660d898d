import { deleteInbox, type InboxRow, type KilimEvent, readInbox, setAside } from "../collect/index.ts";
import type { Bus } from "../platform/bus.ts";
import { type Db, failureOf, inTransaction, settle, sql, type Tx } from "../platform/db.ts";
import { announce, tellConflicts } from "./announce.ts";
import { isAboutData } from "./is-about-data.ts";
import { type ProcessDeps, type Processed, processEvents } from "./process-events.ts";
import type { SeenPeriods } from "./queries/seen.pg.ts";
import { holdsLeases, type Lease } from "./queries/shards.pg.ts";
import { setAsideEvent, type Unpacked, unpackCarefully, unpackInbox } from "./unpack-inbox.ts";

export interface ShardDeps extends ProcessDeps {
  readonly db: Db;
  readonly bus: Bus;
  readonly owner: string;
  readonly days: SeenPeriods;
}

/** As many as keep one transaction short beside the cost of a round trip to each table. */
export const EVENTS_PER_BATCH = 2_000;

/** Thrown when a shard has changed hands or its rows were worked in by somebody else: what was done is undone. */
class LostLease extends Error {}

/**
 * Works the oldest events of these shards into State together, exactly once. Returns how many; 0 when there is nothing
 * or a lease is lost.
 */
export async function workShards(deps: ShardDeps, leases: readonly Lease[]): Promise<number> {
  const rows = await readInbox(
    deps.db,
    leases.map((lease) => lease.shard),
    EVENTS_PER_BATCH,
  );
  if (rows.length === 0) return 0;
  try {
    try {
      await commitBatch(deps, leases, rows, unpackInbox(rows), async (tx, events, attempt) => [
        await processEvents(tx, deps, events, attempt),
      ]);
    } catch (error) {
      if (error instanceof LostLease || !isAboutData(error)) throw error;
      for (const row of rows) {
        await commitBatch(deps, leases, [row], unpackCarefully([row]), (tx, events, attempt) =>
          processBisecting(tx, deps, events, attempt),
        );
      }
    }
  } catch (error) {
    if (error instanceof LostLease) return 0;
    throw error;
  }
  return rows.reduce((sum, row) => sum + row.n, 0);
}

async function commitBatch(
  deps: ShardDeps,
  leases: readonly Lease[],
  rows: readonly InboxRow[],
  { events, unreadable }: Unpacked,
  work: (tx: Tx, events: readonly KilimEvent[], attempt: number) => Promise<readonly Processed[]>,
): Promise<void> {
  await deps.days.ensureFor(events);
  const processed = await inTransaction(deps.db, async (tx, attempt) => {
    const done = events.length > 0 ? await work(tx, events, attempt) : [];
    if (unreadable.length > 0) await setAside(tx, deps.clock, unreadable);
    const [deleted, isHeld] = await Promise.all([
      deleteInbox(
        tx,
        rows.map((row) => row.seq),
      ),
      holdsLeases(tx, deps.owner, leases),
    ]);
    if (deleted !== rows.length || !isHeld) throw new LostLease();
    return done;
  });
  if (processed.length === 0) return;
  for (const part of processed) {
    announce(deps.bus, part);
    await tellConflicts(deps, part);
  }
  deps.bus.wake("outbox");
  deps.bus.wake("batch");
}

/** Finds the events that cannot be worked in by halving, sets them aside with the reason, and works the rest in. */
async function processBisecting(
  tx: Tx,
  deps: ShardDeps,
  events: readonly KilimEvent[],
  attempt: number,
): Promise<Processed[]> {
  await sql`savepoint part`.execute(tx);
  try {
    const processed = await processEvents(tx, deps, events, attempt);
    await settle(tx);
    await sql`release savepoint part`.execute(tx);
    return [processed];
  } catch (thrown) {
    const error = await failureOf(tx, thrown);
    if (!isAboutData(error)) throw error;
    await sql`rollback to savepoint part`.execute(tx);
    if (events.length === 1) {
      await setAside(tx, deps.clock, [setAsideEvent(events[0] as KilimEvent, error)]);
      return [];
    }
  }
  const middle = events.length >> 1;
  const first = await processBisecting(tx, deps, events.slice(0, middle), attempt);
  const second = await processBisecting(tx, deps, events.slice(middle), attempt);
  return [...first, ...second];
}
