/** Where the picture of a product or of a variant in its colour is served; root-relative. */
export function imageUrl(id: string): string {
  return `/assets/products/${id}.svg`;
}
