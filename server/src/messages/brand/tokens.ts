import { BRAND_COLORS, BRAND_FONTS } from "./kit.ts";

/** What MJML takes for a colour, a font, a length; `turn` makes another one of it. */
const KINDS: readonly {
  readonly names: readonly string[];
  readonly standIn: (place: number, turn: number) => string;
}[] = [
  {
    names: BRAND_COLORS.map((name) => `colors.${name}`),
    standIn: (place, turn) => `#${(0x0b1da0 + turn * 0x100 + place).toString(16).padStart(6, "0")}`,
  },
  {
    names: BRAND_FONTS.map((name) => `fonts.${name}`),
    standIn: (place, turn) => `Kilim${turn || ""}${BRAND_FONTS[place]}face`,
  },
  { names: ["radius"], standIn: (_place, turn) => `${417_700 + turn}` },
];

export interface HiddenTokens {
  readonly hidden: string;
  /** Liquid again where the stand-ins are. */
  readonly show: (html: string) => string;
}

/**
 * MJML wants colours, fonts and lengths where a brand's Liquid stands. While it compiles, each `{{ brand.… }}` of the
 * kit is a stand-in that MJML understands and that the author has not written; afterwards it is Liquid again, so that a
 * changed kit shows in every mail without compiling anything.
 */
export function hideTokens(source: string): HiddenTokens {
  const small = source.toLowerCase();
  const standIns = KINDS.flatMap(({ names, standIn }) =>
    names.map((name, place) => {
      let turn = 0;
      while (small.includes(standIn(place, turn).toLowerCase())) turn++;
      return [name, standIn(place, turn)] as const;
    }),
  );
  const named = new Map<string, string>(standIns);
  return {
    hidden: source.replace(TOKEN, (whole, name: string) => named.get(name) ?? whole),
    show: (html) => standIns.reduce((text, [name, standIn]) => text.replaceAll(standIn, `{{ brand.${name} }}`), html),
  };
}

const TOKEN = /\{\{-?\s*brand\.((?:colors|fonts)\.\w+|radius)\s*-?\}\}/g;
