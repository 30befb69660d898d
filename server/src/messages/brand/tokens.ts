import { BRAND_COLORS, BRAND_FONTS } from "./kit.ts";

/**
 * MJML wants colours, fonts and lengths where a brand's Liquid stands. While it compiles, each `{{ brand.… }}` of the
 * kit is a stand-in that MJML understands; afterwards it is Liquid again, so that a changed kit shows in every mail
 * without compiling anything.
 */
const STAND_INS: readonly (readonly [name: string, standIn: string])[] = [
  ...BRAND_COLORS.map((name, index) => [`colors.${name}`, `#0b1d${(0xa0 + index).toString(16)}`] as const),
  ...BRAND_FONTS.map((name) => [`fonts.${name}`, `Kilim${name}face`] as const),
  ["radius", "4177"],
];

const IN_SOURCE = STAND_INS.map(
  ([name, standIn]) =>
    [new RegExp(`\\{\\{-?\\s*brand\\.${name.replace(".", "\\.")}\\s*-?\\}\\}`, "g"), standIn] as const,
);

export function hideTokens(source: string): string {
  return IN_SOURCE.reduce((text, [pattern, standIn]) => text.replace(pattern, standIn), source);
}

export function showTokens(html: string): string {
  return STAND_INS.reduce((text, [name, standIn]) => text.replaceAll(standIn, `{{ brand.${name} }}`), html);
}
