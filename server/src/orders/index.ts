import type { Room } from "../platform/room.ts";
import type { OrderDeps } from "./check-out.ts";
import { giveUpUnpaid } from "./give-up-unpaid.ts";
import { orderRoutes } from "./routes.ts";
import type { ShowDeps } from "./show-orders.ts";

export type { Order, OrderBody } from "./contracts.ts";
export { type PaymentGateway, testGateway } from "./payment-gateway.ts";
export { personalData as orderData } from "./personal-data.ts";

export interface OrdersDeps extends OrderDeps, ShowDeps {
  /** Told when giving up unpaid orders failed; it is tried again. */
  readonly onError: (error: unknown) => void;
}

export function createOrders(deps: OrdersDeps): Room {
  const loop = giveUpUnpaid(deps, deps.onError);
  return {
    routes: (app) => orderRoutes(app, deps),
    start: async () => loop.start(),
    stop: () => loop.stop(),
  };
}
