import { demoCatalogue } from "./catalogue.ts";
import type { ShopWindow } from "./shop-window.ts";

/** The demo's catalogue with prices as plain minor units, as the people of the demo look at it. */
export const demoShop: ShopWindow = {
  currency: demoCatalogue.currency,
  products: demoCatalogue.products.map((product) => ({
    ...product,
    variants: product.variants.map((variant) => ({ ...variant, price: variant.price.amount })),
  })),
  stores: demoCatalogue.stores,
};
