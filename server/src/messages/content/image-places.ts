export const LIVE_IMAGES = ["stock", "countdown"] as const;
export type LiveImage = (typeof LIVE_IMAGES)[number];

/** The signed address of a live picture of `value` (a variant, an instant) that speaks `language`. */
export type ImageMaker = (image: LiveImage, value: string, language: string) => string;

/** Liquid marks where a live picture belongs; its address is signed after rendering, by who holds the key. */
export function imagePlace(image: LiveImage, value: unknown): string {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return `kilim-image:${image}:${Buffer.from(text.slice(0, 100)).toString("base64url")}`;
}

const PLACE = /kilim-image:(stock|countdown):([A-Za-z0-9_-]*)/g;

/** An address for every mark. A value that came from a person can at most show a picture of something public. */
export function placeImages(html: string, language: string, make: ImageMaker | undefined): string {
  if (!html.includes("kilim-image:")) return html;
  return html.replace(PLACE, (_whole, image: LiveImage, value: string) =>
    make ? make(image, Buffer.from(value, "base64url").toString(), language) : "",
  );
}
