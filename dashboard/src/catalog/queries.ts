import { queryOptions } from "@tanstack/react-query";

import type { Category, Product } from "../../../server/src/catalog/contracts.ts";
import type { StockItem } from "../../../server/src/inventory/contracts.ts";
import { get, type Page } from "../api/http.ts";

export type StockRow = Pick<
  StockItem,
  "variant_id" | "location_id" | "location_name" | "kind" | "on_hand" | "reserved" | "available"
>;

export const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  queryFn: () => get<Page<Category>>("/v1/categories"),
  staleTime: 60_000,
});

export const productQuery = (id: string) =>
  queryOptions({ queryKey: ["products", id], queryFn: () => get<Product>(`/v1/products/${id}`) });

export const stockQuery = (product: string) =>
  queryOptions({
    queryKey: ["products", product, "stock"],
    queryFn: () => get<Page<StockRow>>("/v1/stock", { product }),
  });
