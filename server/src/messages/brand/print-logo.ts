import { Transformer } from "@napi-rs/image";

import type { Db } from "../../platform/db.ts";
import { loadImage } from "../queries/images.pg.ts";
import type { BrandBook } from "./brand-book.ts";

/** The logo for print; null when there is none, or when it is a GIF, which PDF does not take. */
export async function printLogo(deps: { readonly db: Db; readonly brands: BrandBook }): Promise<Buffer | null> {
  const { kit } = await deps.brands.recent();
  const image = kit.logo === null ? undefined : await loadImage(deps.db, kit.logo.image);
  if (!image || image.media_type === "image/gif") return null;
  return image.media_type === "image/webp" ? new Transformer(image.bytes).png() : image.bytes;
}
