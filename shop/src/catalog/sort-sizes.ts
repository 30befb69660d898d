const LETTERS = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL"];

/** Letters by their order, numbers by their value, anything else by the alphabet of the reader's language. */
export function sortSizes(sizes: Iterable<string>, language: string): string[] {
  return [...sizes].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, language, { numeric: true }));
}

function rank(size: string): number {
  const letter = LETTERS.indexOf(size.toUpperCase());
  if (letter >= 0) return letter - LETTERS.length;
  const number = Number.parseFloat(size);
  return Number.isFinite(number) ? number : Number.MAX_SAFE_INTEGER;
}
