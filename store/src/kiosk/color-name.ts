import type { TFunction } from "i18next";

/** Colours come from the catalogue in English; those we have words for are read in the person's language. */
export function colorName(t: TFunction, color: string): string {
  return t(`color.${color.toLowerCase()}`, { defaultValue: color });
}
