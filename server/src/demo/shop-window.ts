import type { JsonObject } from "../platform/json.ts";
import { toMajor } from "../platform/money.ts";

/** The catalogue as the demo's people see it: what can be looked at and bought, and where. */
export interface ShopWindow {
  readonly currency: string;
  readonly products: readonly ShopProduct[];
  readonly stores: readonly ShopStore[];
}

export interface ShopProduct {
  readonly id: string;
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly category: string;
  readonly brand: string;
  readonly variants: readonly ShopVariant[];
}

export interface ShopVariant {
  readonly id: string;
  readonly sku: string;
  readonly size: string | null;
  readonly color: string | null;
  /** Minor units of the shop's currency. */
  readonly price: number;
}

export interface ShopStore {
  readonly id: string;
  readonly city: string;
}

export interface Choice {
  readonly product: ShopProduct;
  readonly variant: ShopVariant;
}

/** A product as the standard's events carry it, with our variant beside it. */
export function productProperties({ product, variant }: Choice, currency: string, quantity?: number): JsonObject {
  return {
    product_id: product.id,
    variant_id: variant.id,
    sku: variant.sku,
    name: product.title,
    category: product.category,
    brand: product.brand,
    price: toMajor(variant.price, currency),
    ...(quantity === undefined ? {} : { quantity }),
    ...(variant.size === null ? {} : { size: variant.size }),
    ...(variant.color === null ? {} : { color: variant.color }),
    image_url: `/assets/products/${variant.id}.svg`,
  };
}
