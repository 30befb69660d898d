import type { Kilim, Page } from "@kilim/sdk";
import { queryOptions } from "@tanstack/react-query";
import type { Category, Product, ProductSummary, Store } from "../../../server/src/catalog/contracts.ts";
import type { AvailabilityList } from "../../../server/src/inventory/contracts.ts";

export type { Product, ProductSummary, Store };
export type Variant = Product["variants"][number];

export type VariantAvailability = AvailabilityList["items"][number];

export interface ProductFilter {
  readonly q?: string | undefined;
  readonly category?: string | undefined;
  readonly size?: string | undefined;
  readonly color?: string | undefined;
}

const RARELY_CHANGES_MS = 600_000;

export const categoriesQuery = (kilim: Kilim) =>
  queryOptions({
    queryKey: ["categories"],
    queryFn: () => kilim.ask<Page<Category>>("GET", "/v1/categories"),
    staleTime: RARELY_CHANGES_MS,
  });

export const productsQuery = (kilim: Kilim, filter: ProductFilter, limit = 48) => {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  return queryOptions({
    queryKey: ["products", query.toString()],
    queryFn: () => kilim.ask<Page<ProductSummary>>("GET", `/v1/products?${query}`),
  });
};

export const productQuery = (kilim: Kilim, id: string) =>
  queryOptions({
    queryKey: ["product", id],
    queryFn: () => kilim.ask<Product>("GET", `/v1/products/${encodeURIComponent(id)}`),
  });

/** Kept true by live notices; fetched anew whenever the page is looked at. */
export const availabilityQuery = (kilim: Kilim, id: string) =>
  queryOptions({
    queryKey: ["availability", id],
    queryFn: () => kilim.ask<AvailabilityList>("GET", `/v1/availability?product=${encodeURIComponent(id)}`),
    staleTime: 0,
  });

export const storesQuery = (kilim: Kilim) =>
  queryOptions({
    queryKey: ["stores"],
    queryFn: () => kilim.ask<Page<Store>>("GET", "/v1/stores"),
    staleTime: RARELY_CHANGES_MS,
  });
