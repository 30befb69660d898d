import { readStores } from "../catalog/index.ts";
import { announce, type Location, readLocations, type Touched, takeBack } from "../inventory/index.ts";
import { type Db, inTransaction, type Tx } from "../platform/db.ts";
import type { FieldError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { isTooLate, readAwaited } from "./await-returns.ts";
import type { OrderDeps } from "./check-out.ts";
import type { Returnable, ReturnBody } from "./contracts.ts";
import { refundFor } from "./drop-lines.ts";
import { refuse } from "./errors.ts";
import { awaitedAt, type Matched, matchAnnounced } from "./match-announced.ts";
import { loadAnnounced, saveReceived } from "./queries/announced-returns.pg.ts";
import { loadFulfilmentLines, loadFulfilments } from "./queries/fulfilments.pg.ts";
import { countUnits, loadLines, loadOrder, lockOrder, type OrderRow } from "./queries/orders.pg.ts";
import { loadPolicy } from "./queries/policy.pg.ts";
import { insertReturn, nextReturnNumber } from "./queries/returns.pg.ts";
import { refundOrder } from "./refund-order.ts";
import { returnUntil } from "./return-window.ts";
import { tellRefund } from "./tell-fulfilment.ts";
import { HANDED_OUT } from "./transitions.ts";

/** What of an order may be brought back, and until when: counted from when each line was handed over. */
export async function readReturnable(db: Db, now: Temporal.Instant, orderId: string): Promise<Returnable["items"]> {
  const fulfilments = (await loadFulfilments(db, [orderId])).filter(({ state }) => HANDED_OUT.includes(state));
  const ids = fulfilments.map((one) => one.id);
  const [handed, lines, policy, stores] = [
    await loadFulfilmentLines(db, ids),
    await loadLines(db, [orderId]),
    await loadPolicy(db),
    await readStores(db),
  ];
  const inTime = (await readAwaited(db, now, policy, orderId)).filter(({ isInTime }) => isInTime);
  return lines.map(({ position, returned }) => {
    const parts = handed.filter((line) => line.position === position);
    const ends = fulfilments
      .filter(({ id }) => parts.some((line) => line.fulfilment_id === id))
      .map(({ collected_at, delivered_at, store_id }) => {
        const zone = collected_at === null ? policy.zone : stores.find((store) => store.id === store_id)?.timezone;
        return returnUntil(collected_at ?? delivered_at, policy.return_days, zone ?? policy.zone);
      });
    // The latest counts: which of two equal pairs came in which parcel nobody can tell.
    const isOpen = ends.includes(null);
    const until = isOpen
      ? null
      : (ends
          .flatMap((end) => end ?? [])
          .sort(Temporal.Instant.compare)
          .at(-1) ?? null);
    const quantity = parts.reduce((sum, line) => sum + line.quantity, 0) - returned;
    const isOver = until !== null && isTooLate(now, until);
    return {
      position,
      quantity,
      until: until?.toString({ smallestUnit: "millisecond" }) ?? null,
      is_over: isOver,
      in_time: isOver ? Math.min(quantity, awaitedAt(inTime, position)) : quantity,
    };
  });
}

export interface ReturnRequest {
  readonly orderId: string;
  readonly body: ReturnBody;
  readonly actor: string;
}

/**
 * Takes goods back in whatever store or by post: onto the shelf where they are taken back, damaged ones apart; what was
 * paid for them goes back over the tenders. Never more than was handed out.
 */
export async function returnOrder(deps: OrderDeps, request: ReturnRequest): Promise<string> {
  const done = await inTransaction(deps.db, (tx) => takeIn(tx, deps, request));
  announce(deps.bus, done.touched);
  deps.bus.changed("order", request.orderId, ["return"]);
  if (done.order.profile_id !== null) deps.bus.changed("profile", done.order.profile_id, ["orders"]);
  if (done.storeId !== null) deps.bus.changed("store", done.storeId, ["orders"]);
  deps.bus.wake("inbox");
  deps.bus.wake("timers");
  return done.returnId;
}

interface TakenIn {
  readonly order: OrderRow;
  readonly returnId: string;
  /** Whose shelf it lies on now; null: a warehouse's. */
  readonly storeId: string | null;
  readonly touched: Touched[];
}

async function takeIn(tx: Tx, { clock }: OrderDeps, { orderId, body, actor }: ReturnRequest): Promise<TakenIn> {
  const { id: locationId, store_id: storeId } = await placeOf(tx, body);
  const before = await loadLines(tx, [orderId]);
  if (before.length === 0) throw refuse("order_not_found");
  const returnId = newId(clock);
  const variantAt = new Map(before.map((line) => [line.position, line.variant_id]));
  for (const [i, { position }] of body.lines.entries()) {
    if (!variantAt.has(position)) throw refuse("not_returnable", undefined, [at(i, "position", "is no line of it")]);
  }
  // Stock before the order, as everybody locks; what is refused below undoes it.
  const touched = await takeBack(tx, clock, {
    locationId,
    lines: body.lines.map(({ position, quantity, condition }) => ({
      variantId: variantAt.get(position) ?? "",
      quantity,
      condition,
    })),
    cause: { type: "return", id: returnId, actor },
  });
  const order = await lockOrder(tx, orderId);
  if (!order) throw refuse("order_not_found");
  const matched = await matchBody(tx, clock.now(), orderId, body);
  await checkReturnable(tx, clock.now(), orderId, body, matched);
  const amounts = refundFor(await loadLines(tx, [orderId]), body.lines);
  const refund = amounts.reduce((sum, amount) => sum + amount, 0);
  await countUnits(tx, orderId, "returned", body.lines);
  await saveReceived(tx, matched.received);
  const number = await nextReturnNumber(tx);
  await insertReturn(
    tx,
    {
      id: returnId,
      number,
      order_id: orderId,
      channel: body.channel,
      location_id: locationId,
      refund,
      override: body.override ?? null,
      actor,
      at: clock.now().toString(),
    },
    body.lines.map((line, i) => ({
      return_id: returnId,
      position: line.position,
      quantity: line.quantity,
      condition: line.condition,
      reason: line.reason ?? null,
      refund: amounts[i] ?? 0,
    })),
  );
  await refundOrder(tx, clock, { orderId, amount: refund, reason: "returned", source: `return:${returnId}`, actor });
  if (refund > 0) await tellRefund(tx, clock, order, refund, "returned");
  return { order, returnId, storeId, touched };
}

/** Which announced returns this is. The order is locked. */
async function matchBody(tx: Tx, now: Temporal.Instant, orderId: string, body: ReturnBody): Promise<Matched> {
  const { announced_id: namedId, lines } = body;
  const awaited = await readAwaited(tx, now, await loadPolicy(tx), orderId);
  if (namedId !== undefined && !awaited.some(({ id }) => id === namedId)) {
    const isKnown = (await loadAnnounced(tx, orderId)).some(({ id }) => id === namedId);
    throw refuse(isKnown ? "return_not_awaited" : "return_not_announced");
  }
  const came = new Map<number, number>();
  for (const { position, quantity } of lines) came.set(position, (came.get(position) ?? 0) + quantity);
  return matchAnnounced(awaited, came, namedId);
}

async function checkReturnable(
  tx: Tx,
  now: Temporal.Instant,
  orderId: string,
  body: ReturnBody,
  { inTime }: Matched,
): Promise<void> {
  const left = new Map((await readReturnable(tx, now, orderId)).map((line) => [line.position, line]));
  const asked = new Map<number, number>();
  const wrong: FieldError[] = [];
  const named = new Set<string>();
  for (const [i, { position, quantity, condition }] of body.lines.entries()) {
    const line = left.get(position);
    const sum = (asked.get(position) ?? 0) + quantity;
    asked.set(position, sum);
    if (sum > (line?.quantity ?? 0)) wrong.push(at(i, "quantity", `${line?.quantity ?? 0} may come back`));
    else if (line?.is_over && body.override === undefined && sum > (inTime.get(position) ?? 0))
      wrong.push(at(i, "position", `its time was over ${line.until}`));
    if (named.has(`${position} ${condition}`)) wrong.push(at(i, "position", "is named twice in one condition"));
    named.add(`${position} ${condition}`);
  }
  if (wrong.length > 0) throw refuse("not_returnable", undefined, wrong);
}

function at(i: number, field: string, message: string): FieldError {
  return { path: `lines.${i}.${field}`, message };
}

async function placeOf(tx: Tx, body: ReturnBody): Promise<Location> {
  const places = await readLocations(tx);
  const place = places.find(({ id, store_id }) =>
    body.store_id ? store_id === body.store_id : id === body.location_id,
  );
  if (place) return place;
  throw refuse("store_not_found", undefined, [
    { path: body.store_id ? "store_id" : "location_id", message: "is not known" },
  ]);
}

export async function requireOrder(db: Db, orderId: string): Promise<OrderRow> {
  const order = await loadOrder(db, orderId);
  if (!order) throw refuse("order_not_found");
  return order;
}
