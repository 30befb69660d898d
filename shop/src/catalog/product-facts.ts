import { decimal, type Properties } from "@kilim/sdk";
import type { ProductSummary, Variant } from "./queries.ts";

/** A product under the names of Segment's e-commerce spec v2. */
export function productFacts(product: ProductSummary, variant?: Variant): Properties {
  const price = variant?.price ?? product.price;
  return {
    product_id: product.id,
    sku: variant?.sku,
    variant: variant ? [variant.color, variant.size].filter(Boolean).join(" / ") : undefined,
    variant_id: variant?.id,
    size: variant?.size ?? undefined,
    color: variant?.color ?? undefined,
    name: product.title,
    brand: product.brand,
    category: product.category,
    price: decimal(price),
    currency: price.currency,
    image_url: new URL(product.image_url, location.origin).href,
    url: `${location.origin}/shop/p/${product.id}`,
  };
}
