import { queryOptions } from "@tanstack/react-query";

import type { Product, ProductSummary } from "../../../server/src/catalog/contracts.ts";
import { get, type Page } from "../api/http.ts";

const PRODUCTS = 5;

/** Variants of the products that words or a code mean, as a select offers them. */
export const variantsByWords = (q: string) =>
  queryOptions({
    queryKey: ["products", "variants", q],
    queryFn: async () => {
      const found = await get<Page<ProductSummary>>("/v1/search", { q, limit: PRODUCTS, size: "all" });
      const products = await Promise.all(found.items.map(({ id }) => get<Product>(`/v1/products/${id}`)));
      return products.flatMap(({ title, variants }) =>
        variants.map(({ id, size, color, sku }) => ({
          value: id,
          label: [title, size, color, sku].filter(Boolean).join(" · "),
        })),
      );
    },
  });
