import { isJsonObject, type Json, type JsonObject } from "../../platform/json.ts";
import { toMajor, toMinor } from "../../platform/money.ts";
import type { Plan } from "../mapping/compile-mapping.ts";
import type { RowReader } from "./row-reader.ts";

const TEXTS = {
  product_id: "product_id",
  sku: "sku",
  product_name: "name",
  category: "category",
  brand: "brand",
  variant: "variant",
  size: "size",
  color: "color",
} as const;
/** Prices may be finer than their currency's coins; sums are kept in millionths and rounded once. */
const MICRO = 1_000_000;

/** The product lines of a row: those of its own list, else the one its columns describe; none when all are empty. */
export function readProduct(plan: Plan, reader: RowReader, currency: string): JsonObject[] {
  const listed = reader.find("products");
  if (listed) {
    const { value, source } = listed;
    if (Array.isArray(value) && value.every((item: Json) => isJsonObject(item))) return value as JsonObject[];
    reader.fail("not_products", source.column);
    return [];
  }
  const product: Record<string, Json> = reader.object(plan.products);
  for (const [field, name] of Object.entries(TEXTS)) {
    const text = reader.text(field);
    if (text !== undefined) product[name] = text;
  }
  const quantity = reader.number("quantity");
  const price =
    reader.amount("price", currency, true) ?? priceOf(reader.amount("line_total", currency, true), quantity);
  if (Object.keys(product).length === 0 && quantity === undefined && price === undefined) return [];
  const id = product.product_id ?? product.sku ?? product.name;
  return [
    {
      ...(id === undefined ? {} : { product_id: id }),
      ...product,
      ...(price === undefined ? {} : { price }),
      quantity: quantity ?? 1,
    },
  ];
}

function priceOf(lineTotal: number | undefined, quantity: number | undefined): number | undefined {
  if (lineTotal === undefined) return undefined;
  return Math.round((lineTotal / (quantity || 1)) * MICRO) / MICRO;
}

/** What the lines come to: their own totals where the file has them, else price times quantity. */
export function sumOf(rows: readonly RowReader[], products: readonly JsonObject[], currency: string): number {
  const totals = rows.map((reader) => reader.amount("line_total", currency, true));
  const micro = totals.some((total) => total !== undefined)
    ? totals.reduce<number>((sum, total) => sum + Math.round((total ?? 0) * MICRO), 0)
    : products.reduce(
        (sum, { price, quantity }) => sum + Math.round(numberOf(price) * MICRO) * numberOf(quantity, 1),
        0,
      );
  return toMajor(toMinor((micro / MICRO).toFixed(6), currency) ?? 0, currency);
}

function numberOf(value: Json | undefined, otherwise = 0): number {
  const number = Number(value ?? otherwise);
  return Number.isFinite(number) ? number : otherwise;
}
