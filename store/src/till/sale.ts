import type { PlacedOrder } from "../../../server/src/orders/contracts.ts";

export interface Sale {
  readonly order: PlacedOrder;
  /** Cash given, in minor units; null when paid by card. */
  readonly received: number | null;
}
