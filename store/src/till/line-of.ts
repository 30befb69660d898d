import type { CartItem } from "@kilim/sdk";
import type { Product, Variant } from "../products/queries.ts";
import { titleIn } from "../products/title-in.ts";
import type { TicketLine } from "./ticket.ts";

export function lineOf(product: Product, variant: Variant, language: string): Omit<TicketLine, "quantity"> {
  return {
    variant_id: variant.id,
    product_id: product.id,
    title: titleIn(language, product),
    size: variant.size,
    color: variant.color,
    image_url: variant.image_url,
    price: variant.price,
  };
}

export type Wanted = Pick<
  CartItem,
  "variant_id" | "product_id" | "title" | "titles" | "size" | "color" | "image_url" | "price" | "quantity"
>;

type Sellable = Omit<Wanted, "quantity" | "titles"> & Partial<Pick<Wanted, "titles">>;

/** What lies in a bag or on a list, or is known without a network. */
export function lineOfWanted(item: Sellable, language: string): Omit<TicketLine, "quantity"> {
  const { variant_id, product_id, size, color, image_url, price } = item;
  return { variant_id, product_id, title: titleIn(language, item), size, color, image_url, price };
}
