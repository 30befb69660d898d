import type { Item } from "../catalog/index.ts";
import type { Annotations, CartItem } from "./contracts.ts";

export interface ShownRow extends Annotations {
  readonly quantity: number;
  readonly author_kind: CartItem["author"]["kind"];
  readonly author_name: string | null;
  readonly added_at: string;
  readonly updated_at: string;
}

/** What lies in a cart or on a list, as it may be shown: what the catalogue says of it now, and what was said beside it. */
export function showItem(row: ShownRow, item: Item, available: number): CartItem {
  const { quantity, added_at, updated_at, note, photo_id, dimensions, store_id, chat_url } = row;
  return {
    variant_id: item.variantId,
    product_id: item.productId,
    sku: item.sku,
    title: item.title,
    titles: item.titles,
    size: item.size,
    color: item.color,
    image_url: item.imageUrl,
    price: item.price,
    quantity,
    available,
    not_sold: item.notSold,
    added_at,
    updated_at,
    author: { kind: row.author_kind, name: row.author_name },
    note,
    photo_id,
    dimensions,
    store_id,
    chat_url,
  };
}
