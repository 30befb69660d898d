import type { Kilim, Page } from "@kilim/sdk";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  Category,
  Product,
  ProductSummary,
  PublicReview,
  SearchAnswer,
  StoreView,
  Suggestions,
} from "../../../server/src/catalog/contracts.ts";
import type { AvailabilityList } from "../../../server/src/inventory/contracts.ts";

import { type Market, marketQuery } from "../market/market.ts";

export type { Product, ProductSummary, PublicReview, SearchAnswer, StoreView };
export type Variant = Product["variants"][number];

export type VariantAvailability = AvailabilityList["items"][number];

/** What a list is narrowed by; as it stands in the address. */
export interface ListFilter {
  readonly q?: string | undefined;
  readonly category?: string | undefined;
  readonly size?: string | undefined;
  readonly color?: string | undefined;
  readonly brand?: string | undefined;
  readonly price_max?: string | undefined;
  readonly stock?: string | undefined;
  readonly sort?: string | undefined;
}

const RARELY_CHANGES_MS = 600_000;
const PER_PAGE = 24;

export const categoriesQuery = (kilim: Kilim) =>
  queryOptions({
    queryKey: ["categories"],
    queryFn: () => kilim.ask<Page<Category>>("GET", "/v1/categories"),
    staleTime: RARELY_CHANGES_MS,
  });

export const productsQuery = (kilim: Kilim, filter: { category: string }, limit: number, market: Market) =>
  queryOptions({
    queryKey: ["products", filter.category, limit, market],
    queryFn: () =>
      kilim.ask<Page<ProductSummary>>(
        "GET",
        `/v1/products?category=${encodeURIComponent(filter.category)}&limit=${limit}&${marketQuery(market)}`,
      ),
  });

/** Page by page, with what else could be chosen. */
export const searchQuery = (kilim: Kilim, filter: ListFilter, market: Market, language: string) => {
  const query = new URLSearchParams(`limit=${PER_PAGE}&language=${language}&${marketQuery(market)}`);
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  return infiniteQueryOptions({
    queryKey: ["search", query.toString()],
    queryFn: ({ pageParam }) =>
      kilim.ask<SearchAnswer>(
        "GET",
        `/v1/search?${query}${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ""}`,
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
};

export const suggestQuery = (kilim: Kilim, q: string) =>
  queryOptions({
    queryKey: ["suggest", q],
    queryFn: () => kilim.ask<Suggestions>("GET", `/v1/search/suggest?limit=5&q=${encodeURIComponent(q)}`),
    enabled: q.length > 1,
  });

export const productQuery = (kilim: Kilim, id: string, market: Market) =>
  queryOptions({
    queryKey: ["product", id, market],
    queryFn: () => kilim.ask<Product>("GET", `/v1/products/${encodeURIComponent(id)}?${marketQuery(market)}`),
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
    queryFn: () => kilim.ask<Page<StoreView>>("GET", "/v1/stores"),
    staleTime: RARELY_CHANGES_MS,
  });

/** Her own sizes by category; only for whoever has proven who she is. */
export const sizesQuery = (kilim: Kilim) =>
  queryOptions({
    queryKey: ["sizes"],
    queryFn: async () =>
      kilim.isSignedIn
        ? (await kilim.ask<{ sizes: Record<string, string> }>("GET", "/v1/shopper/sizes")).sizes
        : ({} as Record<string, string>),
    staleTime: RARELY_CHANGES_MS,
  });
