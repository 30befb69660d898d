import type { Kilim } from "@kilim/sdk";
import { queryOptions } from "@tanstack/react-query";
import type {
  Category,
  Market,
  Product,
  ProductSummary,
  PublicReview,
  StoreView,
} from "../../../server/src/catalog/contracts.ts";
import type { AvailabilityList } from "../../../server/src/inventory/contracts.ts";
import type { Errand } from "../../../server/src/lists/contracts.ts";
import { marketQuery } from "../products/market.ts";

interface List<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

const RARELY_CHANGES_MS = 600_000;

export const storesQuery = (kilim: Kilim) =>
  queryOptions({
    queryKey: ["stores"],
    queryFn: () => kilim.ask<List<StoreView>>("GET", "/v1/stores"),
    staleTime: RARELY_CHANGES_MS,
  });

/** The stores near one, the nearest first, that one among them. */
export const nearbyQuery = (kilim: Kilim, here: StoreView | undefined) =>
  queryOptions({
    queryKey: ["stores", "near", here?.id],
    queryFn: () => kilim.ask<List<StoreView>>("GET", `/v1/stores?near=${here?.lat ?? 0},${here?.lon ?? 0}`),
    enabled: here !== undefined,
    staleTime: RARELY_CHANGES_MS,
  });

export const categoriesQuery = (kilim: Kilim) =>
  queryOptions({
    queryKey: ["categories"],
    queryFn: () => kilim.ask<List<Category>>("GET", "/v1/categories"),
    staleTime: RARELY_CHANGES_MS,
  });

export interface Wanted {
  readonly q?: string | undefined;
  readonly category?: string | undefined;
}

/** By words however they are typed, by a whole SKU or GTIN as a scanner reads it, or what there is of a kind. */
export const productsQuery = (kilim: Kilim, { q, category }: Wanted, market: Market) =>
  queryOptions({
    queryKey: ["products", q ?? "", category ?? "", market],
    queryFn: () => {
      const wanted = { ...(q ? { q } : {}), ...(category ? { category } : {}) };
      const query = new URLSearchParams({ limit: "24", ...wanted, ...marketQuery(market) });
      return kilim.ask<List<ProductSummary>>("GET", `/v1/search?${query}`);
    },
  });

export const productQuery = (kilim: Kilim, id: string, market: Market) =>
  queryOptions({
    queryKey: ["product", id, market],
    queryFn: () => kilim.ask<Product>("GET", `/v1/products/${id}?${new URLSearchParams(marketQuery(market))}`),
  });

/** Kept true by live notices. */
export const availabilityQuery = (kilim: Kilim, productId: string) =>
  queryOptions({
    queryKey: ["availability", productId],
    queryFn: () => kilim.ask<AvailabilityList>("GET", `/v1/availability?product=${productId}`),
    staleTime: 0,
  });

interface Reviews extends List<PublicReview> {
  readonly average: number | null;
  readonly count: number;
}

export const reviewsQuery = (kilim: Kilim, productId: string) =>
  queryOptions({
    queryKey: ["reviews", productId],
    queryFn: () => kilim.ask<Reviews>("GET", `/v1/products/${productId}/reviews?limit=5`),
  });

/** How far the staff is with the list. */
export const errandQuery = (kilim: Kilim, listId: string) =>
  queryOptions({
    queryKey: ["errand", listId],
    queryFn: () =>
      kilim.ask<{ errand: Pick<Errand, "id" | "state" | "called"> | null }>(
        "GET",
        `/v1/shopping-lists/${listId}/errand`,
      ),
    staleTime: 0,
  });
