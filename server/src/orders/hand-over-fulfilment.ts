import { handOver, releaseStock, type Touched } from "../inventory/index.ts";
import { newId } from "../platform/ids.ts";
import type { OrderDeps } from "./check-out.ts";
import { hashCode } from "./collection-code.ts";
import type { LineShare } from "./contracts.ts";
import { dropLines } from "./drop-lines.ts";
import { refuse } from "./errors.ts";
import { countFailures, noteFailure } from "./queries/code-failures.pg.ts";
import {
  type FulfilmentRow,
  findByCode,
  loadFulfilment,
  noteTracking,
  takeOffLines,
} from "./queries/fulfilments.pg.ts";
import { splitLines, stepFulfilment, toLines } from "./step-fulfilment.ts";
import { tellFulfilment } from "./tell-fulfilment.ts";

/** So many wrong codes in a store within so long; then no code is looked at for a while. */
const MOST_FAILURES = 10;
const WINDOW = { minutes: 15 } as const;

/** Finds what a code opens in a store. Wrong ones are counted: nobody tries them all. */
export async function findCollectable(deps: OrderDeps, storeId: string, code: string): Promise<FulfilmentRow> {
  const { db, clock, secrets } = deps;
  const since = clock.now().subtract(WINDOW).toString();
  if ((await countFailures(db, storeId, since)) >= MOST_FAILURES) throw refuse("too_many_codes");
  const found = await findByCode(db, storeId, hashCode(secrets, code));
  if (found) return found;
  await noteFailure(db, storeId, clock.now().toString(), since);
  throw refuse("code_unknown");
}

export interface Collection {
  readonly id: string;
  readonly lines?: readonly LineShare[] | undefined;
  readonly by: string;
  readonly actor: string;
}

/** The goods are handed over, once: against an expiry at the same moment one conditional update decides. */
export function collectFulfilment(deps: OrderDeps, { id, lines: asked, by, actor }: Collection): Promise<void> {
  const { clock } = deps;
  return stepFulfilment(deps, id, async ({ tx, order, fulfilment, lines, take }) => {
    if (fulfilment.kind === "delivery") throw refuse("not_now", "It is to be shipped.");
    const { taken, rest } = splitLines(lines, asked);
    const out = await handOver(tx, clock, { owner: id, actor, lines: toLines(taken) });
    const left = rest.length === 0 ? [] : await releaseStock(tx, clock, { owners: [id], actor });
    const done = await take("collected", { collected_at: clock.now().toString(), collected_by: by, actor });
    await takeOffLines(tx, id, rest);
    await dropLines(tx, clock, { order, lines: rest, reason: "not wanted", source: `collect:${id}`, actor });
    await tellFulfilment(tx, clock, "Order Collected", order, done);
    return [...out.touched, ...left];
  });
}

/** Nobody came for it: it goes back on sale, and what was paid goes back. */
export function expireFulfilment(deps: OrderDeps, id: string): Promise<void> {
  const { clock } = deps;
  return stepFulfilment(deps, id, async ({ tx, order, lines, take }) => {
    const touched = await releaseStock(tx, clock, { owners: [id] });
    const done = await take("expired", { ended_reason: "not collected" });
    await dropLines(tx, clock, { order, lines, reason: "not collected", source: `expire:${id}`, actor: null });
    await tellFulfilment(tx, clock, "Order Pickup Expired", order, done);
    return touched;
  });
}

export interface Shipment {
  readonly id: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  readonly actor: string;
}

/** The parcel has left: only now does "on hand" fall. */
export function shipFulfilment(deps: OrderDeps, shipment: Shipment): Promise<void> {
  const { clock } = deps;
  return stepFulfilment(deps, shipment.id, async ({ tx, order, fulfilment, take }) => {
    if (fulfilment.kind !== "delivery") throw refuse("not_now", "It is to be picked up.");
    const out = await handOver(tx, clock, { owner: shipment.id, actor: shipment.actor });
    const done = await take("shipped", {
      shipped_at: clock.now().toString(),
      carrier: shipment.carrier,
      tracking_number: shipment.trackingNumber,
      tracking_url: shipment.trackingUrl,
      actor: shipment.actor,
    });
    await tellFulfilment(tx, clock, "Order Shipped", order, done);
    return out.touched;
  });
}

const DELIVERED = "delivered";

/** What a carrier says, late, twice or out of order: kept and shown. Only the first `delivered` moves anything. */
export async function trackFulfilment(
  deps: OrderDeps,
  id: string,
  said: { readonly state: string; readonly at: string; readonly note?: string | undefined },
): Promise<void> {
  const { db, clock } = deps;
  if (!(await loadFulfilment(db, id))) throw refuse("fulfilment_not_found");
  await stepFulfilment(deps, id, async ({ tx, order, fulfilment, take }): Promise<Touched[]> => {
    const told = { id: newId(clock), fulfilment_id: id, state: said.state, at: said.at };
    await noteTracking(tx, told, said.note ?? null, clock.now().toString());
    if (said.state !== DELIVERED || fulfilment.state !== "shipped") return [];
    const done = await take("delivered", { delivered_at: said.at });
    await tellFulfilment(tx, clock, "Order Delivered", order, done);
    return [];
  });
}
