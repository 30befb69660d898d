import { queryOptions } from "@tanstack/react-query";

import type { Movement, OwnReason, StockItem, Transfer } from "../../../server/src/inventory/contracts.ts";
import { get, type Page } from "../api/http.ts";

export type { Transfer };

export interface Location {
  readonly id: string;
  readonly name: string;
}

export interface NamedVariant {
  readonly sku: string;
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly size: string | null;
  readonly color: string | null;
}
interface Named extends NamedVariant {
  readonly location_name: string;
}
export type ShelfItem = StockItem & NamedVariant;
export type NamedMovement = Movement & Named & { readonly reason_code: OwnReason | null };
export interface OpenDiscrepancy extends Named {
  readonly id: string;
  readonly variant_id: string;
  readonly kind: "not_on_hand" | "promised" | "lost_in_transfer";
  readonly quantity: number;
  readonly opened_at: string;
}
export interface NamedBreach extends Named {
  readonly variant_id: string;
  readonly location_id: string;
  readonly counter: string;
  readonly kept: number;
  readonly counted: number;
}

/** Which of a product's variants it is. */
export const whichOf = ({ size, color, sku }: NamedVariant) => [size, color, sku].filter(Boolean).join(" · ");

export const STOCK = ["stock"] as const;

export const locationsQuery = queryOptions({
  queryKey: [...STOCK, "locations"],
  queryFn: () => get<Page<Location>>("/v1/stock/locations"),
});

/** One variant at every place. */
export const itemStockQuery = (id: string) =>
  queryOptions({ queryKey: [...STOCK, "item", id], queryFn: () => get<Page<StockItem>>("/v1/stock", { variant: id }) });

export const checkQuery = queryOptions({
  queryKey: [...STOCK, "check"],
  queryFn: () => get<{ items: NamedBreach[] }>("/v1/stock/check"),
});
