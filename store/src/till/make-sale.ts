import type { Money } from "@kilim/sdk";
import type { TillSale } from "../../../server/src/orders/contracts.ts";
import { businessDay } from "../offline/business-day.ts";
import { keepSale, nextNumber, tellSale } from "../offline/sale-queue.ts";
import { tillName } from "../session/till-name.ts";
import type { Sale } from "./sale.ts";
import type { Tender } from "./tenders.ts";
import type { Ticket } from "./ticket.ts";

export interface SaleRequest {
  readonly ticket: Ticket;
  readonly total: Money;
  readonly store: { readonly id: string; readonly timezone: string };
  readonly customerId: string | null;
  /** The list that was brought to the till for it. */
  readonly listId: string | null;
  /** They sum to the total. */
  readonly paid: readonly Tender[];
  /** Where the receipt goes, if she wants one by mail. */
  readonly email: string | null;
  readonly language: "en" | "tr" | "id";
  /** Given too much in cash, in minor units. */
  readonly change: number;
}

/** Writes the sale down on this device, then tells it. Without a network it waits; the customer need not. */
export async function makeSale(request: SaleRequest): Promise<Sale> {
  const { ticket, total, store, customerId, listId, paid, email, language, change } = request;
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
    currency: total.currency,
    payment: paid.length > 1 ? [...paid] : (paid[0]?.method ?? "cash"),
    order_id: await nextNumber(store.id, till, day),
    sold_at: now.toISOString(),
    till,
    business_day: day,
    language,
    ...(email ? { email } : {}),
    ...(listId ? { list_id: listId } : {}),
  };
  // Another way of paying is another body, so it needs its own key.
  const way = paid.map(({ method, amount }) => `${method}${amount}`).join("-");
  const kept = await keepSale({ key: `${ticket.key}-${way}`, at: now.toISOString(), body, total });
  const told = await tellSale(kept);
  return { kept, order: told.order, refusal: told.order ? null : told.kept.refusal, paid, change, lines: ticket.lines };
}
