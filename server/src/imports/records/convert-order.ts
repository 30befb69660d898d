import type { Json, JsonObject } from "../../platform/json.ts";
import { currencyCode, toMajor, toMinor } from "../../platform/money.ts";
import type { Plan } from "../mapping/compile-mapping.ts";
import type { Row } from "../reading/read-rows.ts";
import { type Converted, type ConvertFacts, digestOf, type Item, keyOf } from "./item.ts";
import { readProduct, sumOf } from "./order-lines.ts";
import type { RowProblem } from "./problems.ts";
import { RowReader, senderOf, type Who } from "./row-reader.ts";

const REFUNDS = new Set(
  "refund refunded return returned credit credit_note iade iade_edildi retur pengembalian dikembalikan".split(" "),
);
const CANCELLED = new Set("cancelled canceled voided void iptal iptal_edildi batal dibatalkan".split(" "));
const MONEY = ["revenue", "total", "subtotal", "shipping", "tax", "discount"] as const;
type Amounts = Partial<Record<(typeof MONEY)[number], number>>;

/** The rows of one order: an `Order Completed`, an `Order Refunded` for what went back, and what was told of the buyer. */
export function convertOrder(plan: Plan, rows: readonly Row[], facts: ConvertFacts): Converted {
  const readers = rows.map((row) => new RowReader(plan, row));
  const id = readers[0]?.text("order_id");
  if (id === undefined) return rejected(readers, { code: "value_missing", column: columnOf(plan, "order_id") });
  const isReturn = readers.map((reader) => isRefundRow(plan, reader));
  const sold = readers.filter((_, i) => !isReturn[i]);
  const back = readers.filter((_, i) => isReturn[i]);
  const items = [
    ...(sold.length > 0 ? readSale(plan, id, sold, facts) : []),
    ...(back.length > 0 ? readRefund(plan, id, back, facts) : []),
  ];
  return readers.some((reader) => reader.problem) ? rejected(readers, null) : { items, problems: [] };
}

/** A row that cannot be read costs the whole order: half an order would be wrong for ever. */
function rejected(readers: readonly RowReader[], fallback: Pick<RowProblem, "code" | "column"> | null): Converted {
  const problems = readers.map(({ row, problem }): RowProblem => {
    const found = problem ?? fallback ?? { code: "order_incomplete" as const, column: null };
    return { row: row.number, text: row.text, code: found.code, column: found.column };
  });
  return { items: [], problems };
}

/** A column for refunded amounts says it itself; else a status or a quantity or total below zero does. */
function isRefundRow(plan: Plan, reader: RowReader): boolean {
  if (plan.fields.has("refund_amount")) return false;
  if (REFUNDS.has(wordOf(reader.text("status")))) return true;
  const quantity = reader.number("quantity");
  if (quantity !== undefined) return quantity < 0;
  return (reader.number("total") ?? reader.number("revenue") ?? reader.number("line_total") ?? 0) < 0;
}

function wordOf(text: string | undefined): string {
  return (text ?? "")
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
}

function readSale(plan: Plan, id: string, rows: readonly RowReader[], facts: ConvertFacts): Item[] {
  const order = readCommon(plan, id, rows, facts);
  if (!order) return [];
  const { amounts, products, currency, sender, key } = order;
  const gross = amounts.revenue ?? amounts.subtotal ?? lessBeside(amounts);
  const revenue = gross ?? less(sumOf(rows, products, currency), amounts.discount, currency);
  const raw: JsonObject = {
    ...order.event,
    event: "Order Completed",
    properties: {
      ...order.properties,
      ...amounts,
      revenue,
      total: amounts.total ?? sum([revenue, amounts.shipping, amounts.tax], currency),
      ...(products.length > 0 ? { products } : {}),
    },
  };
  const events = [{ suffix: "", raw }, ...order.told];
  const isCancelled = rows.some((reader) => CANCELLED.has(wordOf(reader.text("status"))));
  const news: JsonObject = { ...order.event, event: "Order Cancelled", properties: { order_id: id, currency } };
  if (isCancelled) events.push({ suffix: ":cancelled", raw: news });
  const row = rows[0]?.row.number ?? 0;
  const items: Item[] = [{ key, digest: digestOf(events), sender, row, events }];
  const refunded = firstOf(rows, (reader) => reader.amount("refund_amount", currency));
  if (refunded !== undefined && refunded !== 0) {
    const properties = { order_id: id, currency, total: Math.abs(refunded) };
    const refund = [{ suffix: "", raw: { ...order.event, event: "Order Refunded", properties } as JsonObject }];
    items.push({ key: keyOf(`refund:${id}`), digest: digestOf(refund), sender, row, events: refund });
  }
  return items;

  function lessBeside({ total, shipping, tax }: Amounts): number | undefined {
    return total === undefined ? undefined : less(total, sum([shipping, tax], currency), currency);
  }
}

function readRefund(plan: Plan, id: string, rows: readonly RowReader[], facts: ConvertFacts): Item[] {
  const order = readCommon(plan, id, rows, facts);
  if (!order) return [];
  const { amounts, currency, sender } = order;
  const products = order.products.map((product) => ({
    ...product,
    ...(typeof product.quantity === "number" ? { quantity: Math.abs(product.quantity) } : {}),
  }));
  const told = amounts.revenue ?? amounts.subtotal ?? amounts.total ?? sumOf(rows, order.products, currency);
  const total = Math.abs(told);
  const raw: JsonObject = {
    ...order.event,
    event: "Order Refunded",
    properties: { ...order.properties, revenue: total, total, ...(products.length > 0 ? { products } : {}) },
  };
  const refundId = firstOf(rows, (reader) => reader.text("refund_id"));
  const key = keyOf(refundId === undefined ? `refund:${id}:${order.timestamp}` : `refund:${refundId}`);
  const events = [{ suffix: "", raw }];
  return [{ key, digest: digestOf(events), sender, row: rows[0]?.row.number ?? 0, events }];
}

function readCommon(plan: Plan, id: string, rows: readonly RowReader[], facts: ConvertFacts) {
  const first = rows[0];
  const timestamp = firstOf(rows, (reader) => reader.time("time", facts.now));
  if (timestamp === undefined) first?.fail("value_missing", columnOf(plan, "time"));
  const currency = (firstOf(rows, (reader) => reader.text("currency")) ?? plan.options.currency ?? "").toUpperCase();
  if (!currencyCode.safeParse(currency).success) first?.fail("not_a_currency", columnOf(plan, "currency"));
  const amounts: Amounts = {};
  for (const name of MONEY) {
    const amount = firstOf(rows, (reader) => reader.amount(name, currency));
    if (amount !== undefined) amounts[name] = amount;
  }
  const products = rows.flatMap((reader) => readProduct(plan, reader, currency));
  const known = firstOf(rows, (reader) => reader.who());
  if (timestamp === undefined || rows.some((reader) => reader.problem)) return null;
  const who: Who = known ?? { anonymousId: `guest-order-${keyOf(id)}`, traits: {}, strongest: `guest:${id}` };
  const channel = firstOf(rows, (reader) => reader.text("channel")) ?? plan.options.channel;
  const store = firstOf(rows, (reader) => reader.text("store_id"));
  const coupon = firstOf(rows, (reader) => reader.text("coupon"));
  const own = merged(rows.map((reader) => reader.object(plan.properties)));
  const traits = merged(rows.map((reader) => reader.object(plan.traits)));
  const event: JsonObject = { type: "track", ...senderOf(who), timestamp, ...(channel ? { channel } : {}) };
  const properties: JsonObject = {
    ...own,
    order_id: id,
    currency,
    ...(store === undefined ? {} : { store_id: store }),
    ...(coupon === undefined ? {} : { coupon }),
    ...(known ? {} : { guest: true }),
  };
  return {
    timestamp,
    currency,
    amounts,
    products,
    event,
    properties,
    key: keyOf(id),
    sender: who.strongest,
    told:
      Object.keys(traits).length === 0 || !known ? [] : [{ suffix: ":buyer", raw: identify(who, traits, timestamp) }],
  };
}

function identify({ userId, anonymousId, traits }: Who, told: JsonObject, timestamp: string): JsonObject {
  const sender = { ...(userId ? { userId } : {}), ...(anonymousId ? { anonymousId } : {}) };
  return { type: "identify", ...sender, traits: { ...told, ...traits }, timestamp };
}

function firstOf<T>(rows: readonly RowReader[], read: (reader: RowReader) => T | undefined): T | undefined {
  for (const reader of rows) {
    const value = read(reader);
    if (value !== undefined) return value;
  }
  return undefined;
}

function merged(objects: readonly Record<string, Json>[]): Record<string, Json> {
  return Object.assign({}, ...[...objects].reverse()) as Record<string, Json>;
}

function sum(parts: readonly (number | undefined)[], currency: string): number {
  return toMajor(
    parts.reduce<number>((total, part) => total + (toMinor(part ?? 0, currency) ?? 0), 0),
    currency,
  );
}

function less(from: number, what: number | undefined, currency: string): number {
  return sum([from, -Math.abs(what ?? 0)], currency);
}

function columnOf(plan: Plan, field: string): string | null {
  return plan.fields.get(field)?.[0]?.column ?? null;
}
