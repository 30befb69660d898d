import type { Db } from "../platform/db.ts";
import type { Tracking } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { type FulfilmentRow, loadFulfilments, loadTracking } from "./queries/fulfilments.pg.ts";
import { loadOrder, type OrderRow } from "./queries/orders.pg.ts";
import { loadRefunds } from "./queries/payments.pg.ts";
import { loadReturns } from "./queries/returns.pg.ts";

type Step = Tracking["steps"][number];

/** Where an order stands and how it came there, by when things happened: the same on every channel. */
export async function trackOrder(db: Db, orderId: string): Promise<Tracking> {
  const order = await loadOrder(db, orderId);
  if (!order) throw refuse("order_not_found");
  const fulfilments = await loadFulfilments(db, [orderId]);
  const [told, returns, refunds] = await Promise.all([
    loadTracking(
      db,
      fulfilments.map((one) => one.id),
    ),
    loadReturns(db, orderId),
    loadRefunds(db, orderId),
  ]);
  const steps: Step[] = [
    ...stepsOfOrder(order),
    ...fulfilments.flatMap(stepsOfFulfilment),
    ...told.map(({ fulfilment_id, state, note, at }) => ({
      at,
      step: "carrier" as const,
      fulfilment_id,
      note: note ?? state,
    })),
    ...returns.map(({ at, number }) => ({ at, step: "returned" as const, fulfilment_id: null, note: number })),
    ...refunds.flatMap(({ done_at: at }) =>
      at === null ? [] : [{ at, step: "refunded" as const, fulfilment_id: null, note: null }],
    ),
  ];
  return {
    order_id: order.id,
    number: order.number,
    state: order.state,
    payment: order.payment_state,
    fulfilment: order.fulfilment_state,
    promised_at: fulfilments.flatMap((one) => one.promised_at ?? []).sort()[0] ?? null,
    steps: steps.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  };
}

function stepsOfOrder({ placed_at, paid_at }: OrderRow): Step[] {
  const of = (step: Step["step"], at: string | null) =>
    at === null ? [] : [{ at, step, fulfilment_id: null, note: null }];
  return [...of("placed", placed_at), ...of("paid", paid_at)];
}

function stepsOfFulfilment(one: FulfilmentRow): Step[] {
  const of = (step: Step["step"], at: string | null, note: string | null = null) =>
    at === null ? [] : [{ at, step, fulfilment_id: one.id, note }];
  const ended = one.state === "rejected" || one.state === "expired" || one.state === "cancelled" ? one.state : null;
  return [
    ...of("accepted", one.accepted_at),
    ...of("ready", one.ready_at, one.compartment),
    ...of("shipped", one.shipped_at, [one.carrier, one.tracking_number].filter(Boolean).join(" ") || null),
    ...of("delivered", one.delivered_at),
    ...of("collected", one.collected_at),
    ...(ended === null ? [] : of(ended, one.updated_at, one.ended_reason)),
  ];
}
