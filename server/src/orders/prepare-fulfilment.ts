import { offersLocker, offersPickup, readStores } from "../catalog/index.ts";
import { available, commitHold, type Release, releaseStock, type Touched } from "../inventory/index.ts";
import { assignFulfilments } from "./assign-fulfilments.ts";
import type { OrderDeps } from "./check-out.ts";
import { collectionCode, hashCode } from "./collection-code.ts";
import { dropLines } from "./drop-lines.ts";
import { refuse } from "./errors.ts";
import { writeOfPickup } from "./letters/order-letters.ts";
import { type Group, planFulfilments } from "./plan-fulfilments.ts";
import { insertFulfilments, loadFulfilments } from "./queries/fulfilments.pg.ts";
import { loadPolicy } from "./queries/policy.pg.ts";
import { kilometres } from "./route-order.ts";
import { type Step, stepFulfilment, toLines } from "./step-fulfilment.ts";
import { tellFulfilment } from "./tell-fulfilment.ts";

/** A store takes it on. */
export function acceptFulfilment(deps: OrderDeps, id: string, actor: string): Promise<void> {
  return stepFulfilment(deps, id, async ({ take }) => {
    await take("accepted", { accepted_at: deps.clock.now().toString(), actor });
    return [];
  });
}

/** It lies ready: the buyer hears so, and may fetch it until it goes back on sale. */
export function readyFulfilment(deps: OrderDeps, id: string, compartment: string | null, actor: string): Promise<void> {
  const { clock, secrets } = deps;
  return stepFulfilment(deps, id, async ({ tx, order, fulfilment, take }) => {
    if (fulfilment.kind !== "pickup" && fulfilment.kind !== "locker") throw refuse("not_now", "It is to be shipped.");
    if (fulfilment.kind === "locker" && compartment === null) {
      throw refuse("no_compartment", undefined, [{ path: "compartment", message: "is needed for a locker" }]);
    }
    const policy = await loadPolicy(tx);
    const now = clock.now();
    const expires = now.add({ hours: policy.expiry_hours });
    const reminder = now.add({ hours: Math.min(policy.reminder_hours, policy.expiry_hours) });
    const ready = await take("ready", {
      ready_at: now.toString(),
      due_at: reminder.toString(),
      expires_at: expires.toString(),
      code_hash: hashCode(secrets, collectionCode(secrets, id)),
      compartment,
      actor,
    });
    await tellFulfilment(tx, clock, "Order Ready for Pickup", order, ready);
    await writeOfPickup(tx, deps, { order, fulfilment: ready, kind: "ready" });
    return [];
  });
}

export interface Rejection {
  readonly id: string;
  /** `missing` and `damaged` also say what is on the shelf. */
  readonly reason: "missing" | "damaged" | "no_capacity" | "other" | "not accepted in time";
  readonly actor: string | null;
}

/** A store cannot or did not: another one is asked. Where none has it, it is cancelled and what was paid goes back. */
export function rejectFulfilment(deps: OrderDeps, { id, reason, actor }: Rejection): Promise<void> {
  return stepFulfilment(deps, id, async (step) => {
    const { tx, order, fulfilment, lines, take } = step;
    const found: Pick<Release, "found"> = reason === "missing" || reason === "damaged" ? { found: reason } : {};
    const released = await releaseStock(tx, deps.clock, { owners: [id], actor, ...found });
    await take("rejected", { ended_reason: reason, actor });
    const moved = await reroute(deps, step);
    if (moved) {
      await tellFulfilment(tx, deps.clock, "Order Rerouted", order, fulfilment);
      return [...released, ...moved];
    }
    await dropLines(tx, deps.clock, { order, lines, reason, source: `reject:${id}`, actor });
    return released;
  });
}

/** The goods from elsewhere: deliveries from wherever the rules say, a pick-up from a store nearby if that is allowed. */
async function reroute({ clock }: OrderDeps, { tx, order, fulfilment, lines }: Step): Promise<Touched[] | null> {
  const { kind } = fulfilment;
  if (kind === "counter") return null;
  const refused = (await loadFulfilments(tx, [order.id])).filter((one) => one.state === "rejected");
  const without = new Set(refused.map((one) => one.location_id));
  const stores = kind === "delivery" ? [null] : await storesNear({ clock }, { tx, fulfilment, lines }, without);
  for (const storeId of stores) {
    const group: Group = {
      kind,
      storeId,
      lines: lines.map((line) => ({ position: line.position, variantId: line.variant_id, quantity: line.quantity })),
    };
    const plan = await planFulfilments(tx, clock, {
      orderId: order.id,
      channel: order.channel,
      address: order.address,
      groups: [group],
      until: clock.now().add({ minutes: 1 }),
      without,
    });
    if (!plan.isHeld) continue;
    insertFulfilments(tx, plan.fulfilments, plan.lines);
    const owners = plan.fulfilments.map((one) => one.id);
    const { touched } = await commitHold(tx, clock, { owners, lines: toLines(lines) });
    await assignFulfilments(tx, clock, plan.fulfilments);
    return [...plan.touched, ...touched];
  }
  return null;
}

/** Other stores that have it all and hand it over the same way, the nearest first, within what the retailer allows. */
async function storesNear(
  { clock }: Pick<OrderDeps, "clock">,
  { tx, fulfilment, lines }: Pick<Step, "tx" | "fulfilment" | "lines">,
  without: ReadonlySet<string>,
): Promise<string[]> {
  const { pickup_moves_km } = await loadPolicy(tx);
  const stores = await readStores(tx);
  const here = stores.find((store) => store.id === fulfilment.store_id);
  if (!here || pickup_moves_km === 0) return [];
  const offers = fulfilment.kind === "locker" ? offersLocker : offersPickup;
  const variantIds = lines.map((line) => line.variant_id);
  const stock = await available(tx, clock, variantIds);
  const hasAll = (storeId: string) =>
    lines.every(({ variant_id, quantity }) => {
      const at = stock.get(variant_id)?.stores.find((store) => store.storeId === storeId);
      return (at?.available ?? 0) >= quantity;
    });
  return stores
    .filter(offers)
    .map((store) => ({ id: store.id, km: kilometres(here, store) }))
    .filter(({ id, km }) => id !== here.id && !without.has(id) && km <= pickup_moves_km && hasAll(id))
    .sort((a, b) => a.km - b.km)
    .map(({ id }) => id);
}
