import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { announce } from "./announce.ts";
import type { Hold, HoldBody, Touched } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { handOver } from "./hand-out.ts";
import type { HoldQueue } from "./hold-queue.ts";
import { type AllocationRow, extendHolds, loadAllocations } from "./queries/allocations.pg.ts";
import { commitHold, releaseStock } from "./settle-hold.ts";

export interface HoldDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly holds: HoldQueue;
}

/**
 * A hold that a system asks for: its own shop, a marketplace. It dies by itself, unless renewed while it lives. Asked for
 * again under the same `id`, it is the same hold.
 */
export async function placeHold({ clock, holds }: HoldDeps, body: HoldBody, id: string = newId(clock)): Promise<Hold> {
  const until = clock.now().add({ seconds: body.seconds });
  const decided = await holds.ask({
    owner: id,
    ownerType: "hold",
    lines: body.lines.map((line) => ({ variantId: line.variant_id, quantity: line.quantity })),
    until,
    from: body.store_id ? { storeId: body.store_id } : { channel: body.channel ?? "web" },
  });
  if (!decided.held) {
    const errors = decided.short.map(({ variantId, wanted, available }) => ({
      path: `lines.${body.lines.findIndex((line) => line.variant_id === variantId)}.quantity`,
      message: `${wanted} wanted, ${available} left`,
    }));
    throw refuse("not_available", undefined, errors);
  }
  return show(id, decided.holds);
}

export async function readHold({ db, clock }: HoldDeps, id: string): Promise<Hold> {
  return show(id, await requireAlive(db, clock, id));
}

function show(id: string, rows: readonly AllocationRow[]): Hold {
  const [first] = rows;
  if (!first) throw new TypeError("a hold without a line");
  const at = first.expires_at === null ? null : Temporal.Instant.from(first.expires_at);
  const lines = rows.map(({ variant_id, location_id, quantity }) => ({ variant_id, location_id, quantity }));
  return { id, state: first.state, expires_at: at?.toString({ smallestUnit: "millisecond" }) ?? null, lines };
}

export async function renewHold(deps: HoldDeps, id: string, seconds: number): Promise<Hold> {
  const now = deps.clock.now();
  const isAlive = await inTransaction(deps.db, (tx) =>
    extendHolds(tx, id, now.toString(), now.add({ seconds }).toString()),
  );
  if (!isAlive) throw refuse("hold_dead");
  return readHold(deps, id);
}

/** It is paid for: it no longer dies. */
export async function commitOne(deps: HoldDeps, id: string): Promise<Hold> {
  await settle(deps, id, async (tx) => {
    const lines = (await loadAllocations(tx, [id])).map((row) => ({
      variantId: row.variant_id,
      quantity: row.quantity,
    }));
    const { isCommitted, touched } = await commitHold(tx, deps.clock, { owners: [id], lines });
    if (!isCommitted) throw refuse("hold_dead");
    return touched;
  });
  return readHold(deps, id);
}

export async function releaseOne(deps: HoldDeps, id: string, actor: string): Promise<void> {
  await settle(deps, id, (tx) => releaseStock(tx, deps.clock, { owners: [id], actor }));
}

/** The goods of a committed hold have left. */
export async function handOverOne(deps: HoldDeps, id: string, actor: string): Promise<void> {
  await settle(deps, id, async (tx) => {
    const [row] = await loadAllocations(tx, [id]);
    if (row?.state === "held") throw refuse("hold_not_committed");
    return (await handOver(tx, deps.clock, { owner: id, actor })).touched;
  });
}

async function settle({ db, clock, bus }: HoldDeps, id: string, work: (tx: Tx) => Promise<Touched[]>): Promise<void> {
  const touched = await inTransaction(db, async (tx) => {
    await requireAlive(tx, clock, id);
    return work(tx);
  });
  announce(bus, touched);
}

/** The rows of a hold of this kind; orders' own are not for this API. */
async function requireAlive(db: Db, clock: Clock, id: string): Promise<[AllocationRow, ...AllocationRow[]]> {
  const [first, ...others] = (await loadAllocations(db, [id])).filter((row) => row.owner_type === "hold");
  if (!first) throw refuse("hold_dead");
  const now = clock.now();
  const isDead = (row: AllocationRow) =>
    row.expires_at !== null && Temporal.Instant.compare(Temporal.Instant.from(row.expires_at), now) <= 0;
  if ([first, ...others].some(isDead)) throw refuse("hold_dead");
  return [first, ...others];
}
