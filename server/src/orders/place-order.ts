import { readHolder } from "../lists/index.ts";
import type { Principal } from "../platform/principal.ts";
import type { CheckOutDesk, OrderDeps } from "./check-out.ts";
import type { OrderBody, PlacedOrder } from "./contracts.ts";
import { refuse } from "./errors.ts";
import type { NextAction } from "./payment-gateway.ts";
import { type Sold, sellAtTill } from "./sell-at-till.ts";
import { type ShowDeps, showOrders, showWritten } from "./show-orders.ts";

export interface OrderRequest {
  readonly principal: Principal;
  readonly headers: Parameters<typeof readHolder>[0]["headers"];
  readonly body: OrderBody;
}

export interface PlaceDeps extends OrderDeps, ShowDeps {
  readonly checkOut: CheckOutDesk;
}

/** One door for orders of every channel. Shoppers check out their own cart; staff and systems tell sales at a till. */
export async function placeOrder(deps: PlaceDeps, request: OrderRequest): Promise<PlacedOrder> {
  const { principal, headers, body } = request;
  const given = headers["idempotency-key"];
  const idempotencyKey = typeof given === "string" && given !== "" ? given.slice(0, 255) : null;
  if (body.channel !== "store") {
    if (principal.kind !== "write" && principal.kind !== "shopper") throw refuse("not_for_this_caller");
    const order = await deps.checkOut({ holder: readHolder(request), body, idempotencyKey });
    if (order.written) return { ...showWritten(deps, order, order.written), discrepancies: [] };
    // A name is for those who have proven that it is theirs.
    return { ...(await answer(deps, order, [], order.action)), profile_name: null };
  }
  if (principal.kind !== "staff" && principal.kind !== "secret") throw refuse("not_for_this_caller");
  const actor = principal.kind === "staff" ? principal.email : principal.source;
  const source = principal.kind === "staff" ? "till" : principal.source;
  const { order, discrepancies } = await sellAtTill(deps, { sale: body, actor, source, idempotencyKey });
  return answer(deps, order, discrepancies);
}

export async function answer(
  deps: ShowDeps,
  row: Parameters<typeof showOrders>[1][number],
  discrepancies: Sold["discrepancies"],
  action?: NextAction,
): Promise<PlacedOrder> {
  const [order] = await showOrders(deps, [row]);
  if (!order) throw refuse("order_not_found");
  return {
    ...order,
    ...(action ? { action } : {}),
    discrepancies: discrepancies.map(({ variant_id, kind, quantity }) => ({ variant_id, kind, quantity })),
  };
}
