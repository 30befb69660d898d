import type { Tx } from "../platform/db.ts";
import type { Room } from "../platform/room.ts";
import { giveUpUnpaid } from "./give-up-unpaid.ts";
import { type LetterDeps, letterLoop } from "./letters/send-letters.ts";
import { moveOrders } from "./queries/orders.pg.ts";
import { orderRoutes } from "./routes.ts";
import type { ShowDeps } from "./show-orders.ts";
import { workFulfilments } from "./work-fulfilments.ts";

export type { Order, OrderBody } from "./contracts.ts";
export { gatewaysBy, type PaymentGateway, testGateway } from "./payment-gateway.ts";
export { personalData as orderData } from "./personal-data.ts";
export { hasBought } from "./queries/has-bought.pg.ts";
export { stripeGateway } from "./stripe-gateway.ts";

export interface OrdersDeps extends LetterDeps, ShowDeps {
  /** Told when what happens by itself failed; it is tried again. */
  readonly onError: (error: unknown) => void;
}

export interface OrdersRoom extends Room {
  /** Orders placed while two were one person and told under the one who lives again are hers. */
  onSeparate(tx: Tx, parted: { from: string; into: string; orderIds: readonly string[] }): Promise<void>;
}

export function createOrders(deps: OrdersDeps): OrdersRoom {
  const loops = [giveUpUnpaid(deps, deps.onError), workFulfilments(deps, deps.onError), letterLoop(deps, deps.onError)];
  return {
    routes: (app) => orderRoutes(app, deps),
    async start() {
      for (const loop of loops) loop.start();
    },
    async stop() {
      for (const loop of loops) await loop.stop();
    },
    onSeparate: moveOrders,
  };
}
