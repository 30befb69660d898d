import { type Cart, decimal, type Properties } from "@kilim/sdk";

/** The cart under the names of Segment's e-commerce spec v2. */
export function cartFacts(cart: Cart): Properties {
  return {
    cart_id: cart.id,
    currency: cart.currency,
    products: cart.items.map((item) => ({
      product_id: item.product_id,
      sku: item.sku,
      variant_id: item.variant_id,
      variant: [item.color, item.size].filter(Boolean).join(" / "),
      name: item.title,
      price: decimal(item.price),
      quantity: item.quantity,
      image_url: new URL(item.image_url, location.origin).href,
    })),
  };
}
