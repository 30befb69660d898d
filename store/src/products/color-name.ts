import id from "./colors/id.json" with { type: "json" };
import tr from "./colors/tr.json" with { type: "json" };

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = { tr, id };

/** Colours come from the catalogue in English; those we have words for are read in the reader's language. */
export function colorName(language: string, color: string): string {
  return WORDS[language]?.[color.toLowerCase()] ?? color;
}

/** "Tuğla · 38": which of a product's variants it is. */
export function variantName(
  language: string,
  { color, size }: { readonly color: string | null; readonly size: string | null },
): string {
  return [color && colorName(language, color), size].filter(Boolean).join(" · ");
}
