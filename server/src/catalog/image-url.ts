/** Where the picture of a product or of a variant in its colour is served; root-relative. Photos come as `?w=480` too. */
export function imageUrl(id: string, photoId: string | null = null): string {
  return photoId === null ? `/assets/products/${id}.svg` : `/assets/photos/${photoId}.jpg`;
}
