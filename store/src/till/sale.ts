import type { PlacedOrder } from "../../../server/src/orders/contracts.ts";
import type { KeptSale } from "../offline/till-db.ts";
import type { TicketLine } from "./ticket.ts";

export interface Sale {
  readonly kept: KeptSale;
  /** Null: nobody answered yet, or it was refused. */
  readonly order: PlacedOrder | null;
  readonly refusal: string | null;
  /** Cash given, in minor units; null when paid by card. */
  readonly received: number | null;
  readonly lines: readonly TicketLine[];
}
