import type { Photo } from "../contracts.ts";
import type { PhotoRow } from "./queries/photos.pg.ts";

export function asPhoto({ id, alt, width, height, variant_id }: PhotoRow): Photo {
  return { id, url: `/assets/photos/${id}.jpg`, alt, width, height, variant_id };
}
