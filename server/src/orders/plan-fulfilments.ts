import { readStores } from "../catalog/index.ts";
import {
  type Candidate,
  type Decided,
  type HoldRequest,
  holdTogether,
  type Line,
  SALES_CHANNELS,
  type Shortage,
  type Touched,
} from "../inventory/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { allEnded } from "../platform/jointly.ts";
import type { Address } from "./contracts.ts";
import type { Policy } from "./policy.ts";
import type { FulfilmentLineRow, NewFulfilment } from "./queries/fulfilments.pg.ts";
import { loadPolicy } from "./queries/policy.pg.ts";
import { routeOrder } from "./route-order.ts";

/** So much of an order that goes the same way. */
export interface Group {
  readonly kind: "delivery" | "pickup" | "locker";
  /** Where it is picked up; null for deliveries. */
  readonly storeId: string | null;
  readonly lines: readonly { readonly position: number; readonly variantId: string; readonly quantity: number }[];
}

export interface PlanRequest {
  readonly orderId: string;
  readonly channel: string;
  readonly address: Address | null;
  readonly groups: readonly Group[];
  readonly until: Temporal.Instant;
  /** If it has been read already. */
  readonly policy?: Policy;
  /** Places that have refused this order. */
  readonly without?: ReadonlySet<string>;
}

export interface HeldPlan {
  readonly isHeld: true;
  readonly fulfilments: NewFulfilment[];
  readonly lines: FulfilmentLineRow[];
  /** What it takes from shelves: kits by their parts. */
  readonly parts: readonly Line[];
}

export type Planned = HeldPlan | { readonly isHeld: false; readonly short: readonly Shortage[] };

export type Plan = Planned & { readonly touched: Touched[] };

/** Holds the stock of an order where the retailer's rules say, and makes one fulfilment per way and place of it. */
export async function planFulfilments(tx: Tx, clock: Clock, request: PlanRequest): Promise<Plan> {
  const { plans, touched } = await planTogether(tx, clock, [request]);
  return { ...(plans[0] as Planned), touched };
}

/** The same for several orders, one after the other. */
export async function planTogether(
  tx: Tx,
  clock: Clock,
  requests: readonly PlanRequest[],
): Promise<{ readonly plans: readonly Planned[]; readonly touched: Touched[] }> {
  const drafts = await allEnded(requests.map((request) => draftPlan(tx, clock, request)));
  const { decisions, touched } = await holdTogether(
    tx,
    clock,
    drafts.map(({ holds }) => holds),
  );
  const at = clock.now().toString();
  return { plans: drafts.map((draft, i) => planned(draft, decisions[i] ?? [], at)), touched };
}

interface Draft {
  readonly request: PlanRequest;
  readonly holds: readonly HoldRequest[];
  /** The fulfilment of a group at a place. */
  readonly idAt: (group: number, locationId: string) => string;
}

async function draftPlan(tx: Tx, clock: Clock, request: PlanRequest): Promise<Draft> {
  const { orderId, groups, until, without = new Set<string>() } = request;
  const policy = request.policy ?? (await loadPolicy(tx));
  const channel = SALES_CHANNELS.find((one) => one === request.channel) ?? "web";
  const { lat, lon } = request.address ?? {};
  const to = lat === undefined || lon === undefined ? null : { lat, lon };
  const stores = to === null ? [] : await readStores(tx);
  const route = {
    policy,
    to,
    placeOf: (storeId: string | null) => stores.find((store) => store.id === storeId) ?? null,
    without,
  };
  const ids = new Map<string, string>();
  const idAt = (group: number, locationId: string): string => {
    const key = `${group} ${locationId}`;
    const id = ids.get(key) ?? newId(clock);
    ids.set(key, id);
    return id;
  };
  const holds = groups.map((group, i) => ({
    owner: orderId,
    ownerAt: (locationId: string) => idAt(i, locationId),
    lines: group.lines,
    until,
    from: group.storeId === null ? { channel } : { storeId: group.storeId },
    ...(group.storeId === null ? { route: (places: readonly Candidate[]) => routeOrder(places, route) } : {}),
  }));
  return { request, holds, idAt };
}

function planned({ request, idAt }: Draft, decisions: readonly Decided[], at: string): Planned {
  const { orderId, groups } = request;
  const short = decisions.flatMap((decided) => (decided.held ? [] : decided.short));
  if (short.length > 0) return { isHeld: false, short };
  const fulfilments: NewFulfilment[] = [];
  const lines: FulfilmentLineRow[] = [];
  for (const [i, decided] of decisions.entries()) {
    const group = groups[i];
    if (!group || !decided.held) continue;
    for (const [location_id, shares] of Map.groupBy(decided.shares, (share) => share.locationId)) {
      const id = idAt(i, location_id);
      const store_id = shares[0]?.storeId ?? null;
      const made = { id, order_id: orderId, kind: group.kind, location_id, store_id };
      fulfilments.push({ ...made, state: "planned", created_at: at, updated_at: at });
      for (const { variantId, quantity } of shares) lines.push(...linesOf(id, group, lines, variantId, quantity));
    }
  }
  const parts = decisions.flatMap((decided) =>
    decided.held ? decided.holds.map((held) => ({ variantId: held.variant_id, quantity: held.quantity })) : [],
  );
  return { isHeld: true, fulfilments, lines, parts };
}

/** A place's share of a variant, spread over the order's lines of it that are not served yet. */
function linesOf(
  id: string,
  group: Group,
  served: readonly FulfilmentLineRow[],
  variantId: string,
  quantity: number,
): FulfilmentLineRow[] {
  let left = quantity;
  return group.lines
    .filter((line) => line.variantId === variantId)
    .flatMap(({ position, quantity: wanted }) => {
      const done = served.filter((row) => row.position === position).reduce((sum, row) => sum + row.quantity, 0);
      const take = Math.min(left, wanted - done);
      left -= take;
      return take > 0 ? [{ fulfilment_id: id, position, variant_id: variantId, quantity: take }] : [];
    });
}
