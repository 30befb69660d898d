/** The small form of a photo; a drawing has but one. */
export function small(imageUrl: string): string {
  return imageUrl.endsWith(".jpg") ? `${imageUrl}?w=480` : imageUrl;
}
