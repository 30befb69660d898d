import { kindOf } from "./codes.ts";
import type { Invoice } from "./group-invoices.ts";
import type { Micro } from "./micro.ts";
import type { Line } from "./read-lines.ts";
import { amountOf, type Bucket, type Tally } from "./tally.ts";

/** An invoice as what it is to a customer: something bought or given back. Amounts are positive either way. */
export interface Sale {
  readonly kind: "order" | "refund";
  readonly invoice: string;
  readonly at: number;
  readonly customer: string | null;
  readonly country: string;
  readonly products: readonly Line[];
  readonly revenue: Micro;
  readonly shipping: Micro;
  readonly vouchers: Micro;
}

/** Decides what an invoice is, line by line, and puts every line into the tally; null when it is no sale. */
export function decideInvoice(invoice: Invoice, tally: Tally): Sale | null {
  tally.invoices += 1;
  const isCredit = invoice.number.startsWith("C");
  const sorted = sortLines(invoice, isCredit);
  const revenue = sum(sorted.sold);
  const shipping = sum(sorted.shipping);
  const vouchers = sum(sorted.voucher);
  const products = sorted.sold.filter((line) => kindOf(line.code) !== "discount");
  const isSale = isCredit ? revenue !== 0 : products.length > 0 && (revenue !== 0 || shipping !== 0 || vouchers !== 0);
  for (const [bucket, lines] of Object.entries(isSale ? sorted : withoutSale(sorted))) {
    const place = bucket === "sold" && isCredit ? "given-back" : (bucket as Bucket);
    if (lines.length > 0) tally.put(place, lines);
  }
  const first = invoice.lines[0];
  if (!isSale || !first) return null;
  tally.freeLines += products.filter((line) => line.price === 0).length;
  if (isCredit) tally.refunds += 1;
  else tally.orders += 1;
  if (!isCredit && first.customer === null) tally.guestOrders += 1;
  const sign = isCredit ? -1 : 1;
  return {
    kind: isCredit ? "refund" : "order",
    invoice: invoice.number,
    at: Math.min(...invoice.lines.map((line) => line.at)),
    customer: first.customer,
    country: first.country,
    products,
    revenue: sign * revenue,
    shipping: sign * shipping,
    vouchers: sign * vouchers,
  };
}

type Sorted = Record<Exclude<Bucket, "given-back">, Line[]>;

function sortLines(invoice: Invoice, isCredit: boolean): Sorted {
  const sorted = emptySort();
  const seen = new Set<string>();
  for (const line of invoice.lines) {
    if (seen.has(line.text)) sorted.duplicate.push(line);
    else sorted[bucketOf(line, invoice.number, isCredit)].push(line);
    seen.add(line.text);
  }
  return sorted;
}

function bucketOf(line: Line, invoice: string, isCredit: boolean): keyof Sorted {
  if (invoice.startsWith("A")) return "bad-debt";
  const kind = kindOf(line.code);
  if (kind === "bad-debt" || kind === "fee") return kind;
  if (line.price < 0) return "negative-price";
  if (line.price === 0 && line.quantity < 0 && !isCredit) return "stock-correction";
  return kind === "shipping" || kind === "voucher" ? kind : "sold";
}

/** Where the lines of an invoice go that turned out to be no sale. */
function withoutSale(sorted: Sorted): Sorted {
  const beside = [...sorted.shipping, ...sorted.voucher];
  const isFree = sum([...sorted.sold, ...beside]) === 0;
  const rest = [...sorted.sold, ...beside];
  return {
    ...sorted,
    sold: [],
    shipping: [],
    voucher: [],
    "nothing-to-pay": isFree ? rest : [],
    "no-goods": isFree ? [] : rest,
  };
}

function emptySort(): Sorted {
  return {
    sold: [],
    shipping: [],
    voucher: [],
    fee: [],
    "bad-debt": [],
    duplicate: [],
    "negative-price": [],
    "stock-correction": [],
    "nothing-to-pay": [],
    "no-goods": [],
  };
}

function sum(lines: readonly Line[]): Micro {
  return lines.reduce((total, line) => total + amountOf(line), 0);
}
