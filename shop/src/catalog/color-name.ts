import type { TFunction } from "i18next";

/** Colours come from the catalogue in English; those the shop has words for are read in the shopper's language. */
export function colorName(t: TFunction, color: string): string {
  return t(`color.${color.toLowerCase()}`, { ns: "translation", defaultValue: color });
}
