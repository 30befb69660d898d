import type { PlacedOrder } from "../../../server/src/orders/contracts.ts";
import type { KeptSale } from "../offline/till-db.ts";
import type { Tender } from "./tenders.ts";
import type { TicketLine } from "./ticket.ts";

export interface Sale {
  readonly kept: KeptSale;
  /** Null: nobody answered yet, or it was refused. */
  readonly order: PlacedOrder | null;
  readonly refusal: string | null;
  readonly paid: readonly Tender[];
  /** Given too much in cash, in minor units. */
  readonly change: number;
  readonly lines: readonly TicketLine[];
}
