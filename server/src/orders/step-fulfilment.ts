import { announce, type Line, type Touched } from "../inventory/index.ts";
import { inTransaction, type Tx } from "../platform/db.ts";
import type { OrderDeps } from "./check-out.ts";
import type { FulfilmentState, LineShare } from "./contracts.ts";
import { refuse } from "./errors.ts";
import {
  type Change,
  type FulfilmentLineRow,
  type FulfilmentRow,
  loadFulfilment,
  loadFulfilmentLines,
  rollUp,
  takeStep,
} from "./queries/fulfilments.pg.ts";
import { loadOrder, type OrderRow } from "./queries/orders.pg.ts";

export interface Step {
  readonly tx: Tx;
  readonly order: OrderRow;
  /** As it was when read, before any lock: `take` decides. */
  readonly fulfilment: FulfilmentRow;
  readonly lines: readonly FulfilmentLineRow[];
  /** Takes the step, or refuses with `not_now` and undoes everything: of two that race, one gets through. */
  take(state: FulfilmentState, change?: Change): Promise<FulfilmentRow>;
}

/** One step of a fulfilment in one transaction: stock first, then the step, then the order's own states follow. */
export async function stepFulfilment(
  deps: OrderDeps,
  id: string,
  work: (step: Step) => Promise<Touched[]>,
): Promise<void> {
  const { db, clock, bus } = deps;
  const done = await inTransaction(db, async (tx) => {
    const fulfilment = await loadFulfilment(tx, id);
    const order = fulfilment && (await loadOrder(tx, fulfilment.order_id));
    if (!fulfilment || !order) throw refuse("fulfilment_not_found");
    const lines = await loadFulfilmentLines(tx, [id]);
    const take = async (state: FulfilmentState, change: Change = {}) => {
      const row = await takeStep(tx, id, state, clock.now().toString(), change);
      if (!row) throw refuse("not_now", `It is ${fulfilment.state}.`);
      return row;
    };
    const touched = await work({ tx, order, fulfilment, lines, take });
    await rollUp(tx, order.id, clock.now().toString());
    return { order, fulfilment, touched };
  });
  announce(bus, done.touched);
  announceFulfilment(deps, done.order, done.fulfilment.store_id);
}

export function announceFulfilment({ bus }: Pick<OrderDeps, "bus">, order: OrderRow, storeId: string | null): void {
  bus.changed("order", order.id, ["fulfilment"]);
  if (storeId !== null) bus.changed("store", storeId, ["orders"]);
  if (order.profile_id !== null) bus.changed("profile", order.profile_id, ["orders"]);
  bus.wake("inbox");
  bus.wake("timers");
}

export function toLines(lines: readonly Pick<FulfilmentLineRow, "variant_id" | "quantity">[]): Line[] {
  return lines.map((line) => ({ variantId: line.variant_id, quantity: line.quantity }));
}

/** Splits a fulfilment's lines into those that are asked for and the rest. */
export function splitLines(
  lines: readonly FulfilmentLineRow[],
  asked: readonly LineShare[] | undefined,
): { readonly taken: FulfilmentLineRow[]; readonly rest: FulfilmentLineRow[] } {
  if (!asked) return { taken: [...lines], rest: [] };
  for (const [i, { position, quantity }] of asked.entries()) {
    const there = lines.find((line) => line.position === position)?.quantity ?? 0;
    const isNamedTwice = asked.findIndex((other) => other.position === position) < i;
    if (quantity > there || isNamedTwice) {
      throw refuse("not_in_fulfilment", undefined, [{ path: `lines.${i}.quantity`, message: `${there} are in it` }]);
    }
  }
  const wanted = (line: FulfilmentLineRow) => asked.find((one) => one.position === line.position)?.quantity ?? 0;
  const part = (quantityOf: (line: FulfilmentLineRow) => number) =>
    lines.map((line) => ({ ...line, quantity: quantityOf(line) })).filter((line) => line.quantity > 0);
  return { taken: part(wanted), rest: part((line) => line.quantity - wanted(line)) };
}
