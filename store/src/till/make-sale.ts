import type { Money } from "@kilim/sdk";
import type { TillSale } from "../../../server/src/orders/contracts.ts";
import { businessDay } from "../offline/business-day.ts";
import { keepSale, nextNumber, tellSale } from "../offline/sale-queue.ts";
import { tillName } from "../session/till-name.ts";
import type { Sale } from "./sale.ts";
import type { Ticket } from "./ticket.ts";

export interface SaleRequest {
  readonly ticket: Ticket;
  readonly total: Money;
  readonly store: { readonly id: string; readonly timezone: string };
  readonly customerId: string | null;
  readonly method: "card" | "cash";
  /** Where the receipt goes, if she wants one by mail. */
  readonly email: string | null;
  readonly language: "en" | "tr" | "id";
  /** Cash given, in minor units; null when paid by card. */
  readonly received: number | null;
}

/** Writes the sale down on this device, then tells it. Without a network it waits; the customer need not. */
export async function makeSale(request: SaleRequest): Promise<Sale> {
  const { ticket, total, store, customerId, method, email, language, received } = request;
  const now = new Date();
  const day = businessDay(now, store.timezone);
  const till = tillName();
  const body: TillSale = {
    channel: "store",
    store_id: store.id,
    profile_id: customerId,
    lines: ticket.lines.map(({ variant_id, quantity, price }) => ({
      variant_id,
      quantity,
      unit_price: price.amount,
    })),
    payment: method,
    order_id: await nextNumber(store.id, till, day),
    sold_at: now.toISOString(),
    till,
    business_day: day,
    language,
    ...(email ? { email } : {}),
  };
  // Another way of paying is another body, so it needs its own key.
  const kept = await keepSale({ key: `${ticket.key}-${method}`, at: now.toISOString(), body, total });
  const told = await tellSale(kept);
  return { kept, order: told.order, refusal: told.order ? null : told.kept.refusal, received, lines: ticket.lines };
}
