import type { JsonObject } from "../../../platform/json.ts";
import { kindOf } from "./codes.ts";
import type { Sale } from "./decide-invoice.ts";
import { toMajorUnits } from "./micro.ts";
import type { Line } from "./read-lines.ts";
import type { Tally } from "./tally.ts";

/** A business key and the event that stands for it, as the import endpoint takes them. */
export interface ImportItem {
  readonly key: string;
  readonly event: JsonObject;
}

/** The file's prices are in pounds; it does not say so itself. */
const CURRENCY = "GBP";
/** The shop had no stores. */
const CONTEXT = { channel: "web", touchpoint: "order file" };

/** Turns sales into events; tells of each customer once per run and country. */
export function createItemMaker(tally: Tally): (sale: Sale) => ImportItem[] {
  const told = new Set<string>();
  return (sale) => {
    const order = { key: sale.invoice, event: orderEvent(sale) };
    if (sale.customer === null) return [order];
    const key = `customer:${sale.customer}:${sale.country}`;
    if (told.has(key)) return [order];
    told.add(key);
    if (!told.has(sale.customer)) tally.customers += 1;
    told.add(sale.customer);
    return [{ key, event: customerEvent(sale, sale.customer) }, order];
  };
}

function orderEvent(sale: Sale): JsonObject {
  const isRefund = sale.kind === "refund";
  const revenue = toMajorUnits(sale.revenue);
  return {
    type: "track",
    event: isRefund ? "Order Refunded" : "Order Completed",
    ...senderOf(sale),
    timestamp: new Date(sale.at).toISOString(),
    properties: {
      order_id: sale.invoice,
      currency: CURRENCY,
      revenue,
      shipping: toMajorUnits(sale.shipping),
      // What a refund lowers revenue by is its `total`: postage stays beside it, as it does in a sale's revenue.
      total: isRefund ? revenue : toMajorUnits(sale.revenue + sale.shipping + sale.vouchers),
      products: sale.products.map((line) => productOf(line, isRefund)),
      ...(sale.vouchers === 0 ? {} : { vouchers: toMajorUnits(sale.vouchers) }),
      ...(sale.customer === null ? { guest: true } : {}),
    },
    context: CONTEXT,
  };
}

/** A guest is a person of their own per invoice: nothing in the file says which of them are the same. */
function senderOf(sale: Sale): JsonObject {
  return sale.customer === null ? { anonymousId: `guest-order-${sale.invoice}` } : { userId: sale.customer };
}

function productOf(line: Line, isRefund: boolean): JsonObject {
  return {
    product_id: line.code.toUpperCase(),
    sku: line.code,
    name: kindOf(line.code) === "by-hand" ? "Manual" : line.description,
    price: line.price / 1_000_000,
    quantity: isRefund ? -line.quantity : line.quantity,
  };
}

function customerEvent(sale: Sale, userId: string): JsonObject {
  const country = sale.country === "" || sale.country === "Unspecified" ? {} : { country: sale.country };
  return {
    type: "identify",
    userId,
    timestamp: new Date(sale.at).toISOString(),
    traits: country,
    context: CONTEXT,
  };
}
