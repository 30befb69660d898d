import type { Market } from "../catalog/index.ts";
import type { Tx } from "../platform/db.ts";
import type { TillSale } from "./contracts.ts";
import { type Priced, priceLines } from "./draft-order.ts";
import { refuse } from "./errors.ts";
import { splitAmount } from "./split-amount.ts";

export interface PricedSale extends Priced {
  readonly payments: readonly { readonly method: string; readonly amount: number }[];
}

/** A sale's lines with their shares of its discount and tax, and what was paid with what: all of it sums up. */
export async function priceSale(tx: Tx, orderId: string, sale: TillSale, market: Market): Promise<PricedSale> {
  const asked = sale.lines.map((line) => ({ variantId: line.variant_id, quantity: line.quantity }));
  const priced = charged(await priceLines(tx, orderId, asked, { path: "lines", market, isInHand: true }), sale);
  const { discount = 0, tax = 0 } = sale;
  if (discount > priced.total) {
    throw refuse("bad_payment", undefined, [{ path: "discount", message: `the sale is ${priced.total}` }]);
  }
  const total = priced.total - discount;
  const weights = priced.lines.map((line) => line.unit_price * line.quantity);
  const [discounts, taxes] = [splitAmount(discount, weights), splitAmount(tax, weights)];
  const payments = typeof sale.payment === "string" ? [{ method: sale.payment, amount: total }] : sale.payment;
  const paid = payments.reduce((sum, payment) => sum + payment.amount, 0);
  if (paid !== total) {
    throw refuse("bad_payment", undefined, [
      { path: "payment", message: `they sum to ${paid}, the total is ${total}` },
    ]);
  }
  const lines = priced.lines.map((line, i) => ({ ...line, discount: discounts[i] ?? 0, tax: taxes[i] ?? 0 }));
  return { lines, items: priced.items, currency: priced.currency, total, payments };
}

/** A till that was offline took what its price list said then: that is what the customer paid. */
function charged(priced: Priced, sale: TillSale): Priced {
  const lines = priced.lines.map((line) => ({
    ...line,
    unit_price: sale.lines[line.position]?.unit_price ?? line.unit_price,
  }));
  return { ...priced, lines, total: lines.reduce((sum, line) => sum + line.unit_price * line.quantity, 0) };
}
