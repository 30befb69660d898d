import type { OrderImport } from "./import-orders.ts";
import { toMajorUnits } from "./online-retail/micro.ts";
import { BUCKETS, type Bucket } from "./online-retail/tally.ts";

const EXAMPLES = 5;

/** The closing report: what was read, what became of it, and that every line and every penny is accounted for. */
export function writeReport({ tally, result }: OrderImport): string[] {
  const orders = result.changed.filter((key) => !key.startsWith("customer:"));
  return [
    `Read ${count(tally.files, "file")}, ${count(tally.lines, "line")}, ${count(tally.invoices, "invoice")}.`,
    `Found ${count(tally.orders, "order")} (${count(tally.guestOrders, "guest")}) and ${count(tally.refunds, "credit note")} of ${count(tally.customers, "customer")}.`,
    `Taken in: ${count(result.accepted, "event")}. Imported before: ${number(result.repeated + result.changed.length - orders.length)}.`,
    ...(orders.length > 0
      ? [`Imported before with other content, left as they were: ${number(orders.length)} (${some(orders)}).`]
      : []),
    ...result.rejected.slice(0, EXAMPLES).map(({ key, message }) => `Refused ${key}: ${message}`),
    ...(result.rejected.length > EXAMPLES ? [`… and ${number(result.rejected.length - EXAMPLES)} more refused.`] : []),
    ...(tally.unreadable.length > 0
      ? [`Rows that are no order line: ${number(tally.unreadable.length)} (${some(tally.unreadable)}).`]
      : []),
    `Lines given for nothing within an order, kept: ${number(tally.freeLines)}. Codes in lower case, read as upper: ${number(tally.caseCodes)}.`,
    "",
    "Where every line went (GBP):",
    ...[...tally.buckets]
      .sort(([a], [b]) => order(a) - order(b))
      .map(([bucket, { lines, money }]) => row(number(lines), toMajorUnits(money), BUCKETS[bucket])),
    row(
      number(tally.lines),
      toMajorUnits(tally.total),
      tally.addsUp() ? "all lines: it adds up" : "all lines: IT DOES NOT ADD UP",
    ),
  ];
}

function row(lines: string, money: number, text: string): string {
  const amount = money.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${lines.padStart(10)} ${amount.padStart(16)}  ${text}`;
}

function order(bucket: Bucket): number {
  return Object.keys(BUCKETS).indexOf(bucket);
}

function count(n: number, noun: string): string {
  return `${number(n)} ${noun}${n === 1 ? "" : "s"}`;
}

function number(n: number): string {
  return n.toLocaleString("en");
}

function some(items: readonly string[]): string {
  return items.slice(0, EXAMPLES).join("; ") + (items.length > EXAMPLES ? "; …" : "");
}
