import { queryOptions } from "@tanstack/react-query";
import type { Category, Market, Product, ProductSummary, Store } from "../../../server/src/catalog/contracts.ts";
import type { AvailabilityList } from "../../../server/src/inventory/contracts.ts";
import { ask, isUnreachable } from "../api/ask.ts";
import { retryUnlessRefused } from "../api/query-client.ts";
import { marketQuery } from "./market.ts";

export type { Product, ProductSummary };
export type Variant = Product["variants"][number];
export type VariantAvailability = AvailabilityList["items"][number];

interface List<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

const RARELY_CHANGES_MS = 600_000;

export const storesQuery = queryOptions({
  queryKey: ["stores"],
  queryFn: () => ask<List<Store>>("GET", "/v1/stores"),
  staleTime: RARELY_CHANGES_MS,
});

export const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  queryFn: () => ask<List<Category>>("GET", "/v1/categories"),
  staleTime: RARELY_CHANGES_MS,
});

const ASK_AGAIN_MS = 2_000;

/** By words, however they are typed, or by a whole SKU or GTIN as a scanner types it. */
export const searchProducts = (q: string, market: Market) =>
  queryOptions({
    queryKey: ["products", q, market],
    // What lies on the device is shown at once instead, until the network is back.
    retry: (count, error) => !isUnreachable(error) && retryUnlessRefused(count, error),
    refetchInterval: ({ state }) => (isUnreachable(state.error) ? ASK_AGAIN_MS : false),
    queryFn: () =>
      ask<List<ProductSummary>>("GET", `/v1/search?${new URLSearchParams({ q, limit: "12", ...marketQuery(market) })}`),
  });

export const productQuery = (id: string, market: Market) =>
  queryOptions({
    queryKey: ["product", id, market],
    queryFn: () => ask<Product>("GET", `/v1/products/${id}?${new URLSearchParams(marketQuery(market))}`),
  });

/** Kept true by live notices. */
export const availabilityQuery = (productId: string) =>
  queryOptions({
    queryKey: ["availability", productId],
    queryFn: () => ask<AvailabilityList>("GET", `/v1/availability?product=${productId}`),
    staleTime: 0,
  });
