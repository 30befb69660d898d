import type { Db } from "../../platform/db.ts";
import type { Category } from "../contracts.ts";
import { imageUrl } from "../image-url.ts";
import { loadCategories } from "./queries/load-categories.pg.ts";

export async function readCategories(db: Db): Promise<Category[]> {
  return (await loadCategories(db)).map((row) => ({
    id: row.id,
    name: row.title,
    titles: row.titles,
    parent: row.parent_id,
    products: row.products,
    image_url: row.first_product_id === null ? null : imageUrl(row.first_product_id, row.first_photo_id),
  }));
}
