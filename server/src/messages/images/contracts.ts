import { z } from "zod";

import { pageOf } from "../../platform/pages.ts";
import type { ImageRow } from "../queries/images.pg.ts";

export const imageUpload = z.object({ name: z.string().max(400).default("") });

export const imageView = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  media_type: z.string(),
  width: z.int(),
  height: z.int(),
  /** Bytes, as cleaned. */
  size: z.int(),
  author: z.string(),
  created_at: z.string(),
});
export type ImageView = z.infer<typeof imageView>;
export const imagePage = pageOf(imageView);

export function viewOf(row: ImageRow, publicUrl: string): ImageView {
  return { ...row, url: `${publicUrl}/assets/images/${row.id}` };
}
